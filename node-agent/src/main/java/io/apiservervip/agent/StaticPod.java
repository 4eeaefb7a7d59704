package io.apiservervip.agent;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.apiservervip.api.v1alpha1.AgentSpec;
import io.apiservervip.api.v1alpha1.ApiServerVip;
import io.apiservervip.api.v1alpha1.LoadBalancerMode;
import io.apiservervip.api.v1alpha1.LoadBalancerSpec;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The static pod of an agent in file mode, from a skeleton in resources. It has the rights, probes
 * and times of the operator's DaemonSet; only what needs an API server is not in it.
 */
final class StaticPod {
  private static final String SKELETON = "static-pod.yaml";
  private static final Pattern PLACE = Pattern.compile("<([a-zA-Z]+)>");
  private static final Duration HAND_OVER = Duration.ofSeconds(15);
  private static final JsonMapper JSON = new JsonMapper();

  private StaticPod() {}

  /**
   * The pod's text.
   *
   * @param file the manifest as the node has it, an absolute path without symbolic links
   */
  static String yaml(ApiServerVip vip, String image, Path file) {
    AgentSpec agent = vip.spec().agent();
    Map<String, String> values =
        Map.of(
            "vip", vip.metadata().name(),
            "image", json(image),
            "pullPolicy", json(agent.imagePullPolicy()),
            "resources", resources(agent),
            "grace", Long.toString(graceSeconds(vip.spec().loadBalancer())),
            "statusPort", Integer.toString(agent.statusPort()),
            "config", json("/etc/apiserver-vip/" + file.getFileName()),
            "directory", json(String.valueOf(file.getParent())));
    return PLACE
        .matcher(skeleton())
        .replaceAll(
            place -> Matcher.quoteReplacement(Objects.requireNonNull(values.get(place.group(1)))));
  }

  /** A hand-over and a drain fit in. */
  private static long graceSeconds(LoadBalancerSpec balancer) {
    Duration drain =
        balancer.mode() == LoadBalancerMode.NONE ? Duration.ZERO : balancer.drainTimeout();
    return drain.plus(HAND_OVER).plusMillis(999).toSeconds();
  }

  private static String resources(AgentSpec agent) {
    Map<String, Map<String, String>> both = new TreeMap<>();
    put(both, "requests", agent.resources().requests());
    put(both, "limits", agent.resources().limits());
    return json(both);
  }

  private static void put(
      Map<String, Map<String, String>> both, String name, @Nullable Map<String, String> amounts) {
    if (amounts != null && !amounts.isEmpty()) {
      both.put(name, new TreeMap<>(amounts));
    }
  }

  /** JSON is YAML, whatever stands in a name. */
  private static String json(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String skeleton() {
    try (InputStream in = StaticPod.class.getResourceAsStream(SKELETON)) {
      if (in == null) {
        throw new IllegalStateException(SKELETON + " is not in the jar");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
