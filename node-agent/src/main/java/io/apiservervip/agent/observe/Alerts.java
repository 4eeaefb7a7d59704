package io.apiservervip.agent.observe;

import io.apiservervip.agent.health.BackendHealth;
import io.apiservervip.agent.proxy.ListenerStatus;
import io.apiservervip.api.v1alpha1.BackendState;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a person should know of an agent, a sentence each, the worst first. */
public final class Alerts {
  private Alerts() {}

  /** Of this view; {@code auth} is what is wrong with the authentication, null where nothing is. */
  public static List<String> of(AgentView view, @Nullable String auth) {
    List<String> alerts = new ArrayList<>();
    ProxyView proxy = view.proxy();
    if (proxy != null) {
      addServing(alerts, proxy);
      proxy.listeners().forEach(listener -> addListener(alerts, listener, proxy));
    }
    alerts.addAll(view.router().warnings());
    if (view.config().apiTrouble() != null) {
      alerts.add(view.config().apiTrouble());
    }
    if (proxy != null) {
      alerts.addAll(Certificates.warnings(proxy, view.heartbeat()));
    }
    if (auth != null) {
      alerts.add(auth);
    }
    return alerts;
  }

  private static void addServing(List<String> alerts, ProxyView proxy) {
    ProxyView.Serving serving = proxy.serving();
    if (!serving.canServe()) {
      alerts.add("the proxy cannot serve: " + serving.reason());
    } else if (serving.weight() != 0) {
      alerts.add("the priority is changed by " + serving.weight() + ": " + serving.reason());
    }
    if (proxy.translationProblem() != null) {
      alerts.add("no translation: " + proxy.translationProblem());
    }
  }

  private static void addListener(List<String> alerts, ListenerStatus listener, ProxyView proxy) {
    if (listener.problem() != null) {
      alerts.add("listener " + listener.name() + ": " + listener.problem());
    }
    List<BackendHealth> checks = proxy.health().getOrDefault(listener.name(), List.of());
    boolean nobody =
        !checks.isEmpty()
            && checks.stream()
                .allMatch(check -> check.checked() && check.state() != BackendState.UP);
    if (nobody) {
      alerts.add("listener " + listener.name() + ": no backend is Up, so all of them are tried");
    }
  }
}
