package io.apiservervip.agent.observe;

import io.apiservervip.agentapi.BackendAddress;
import java.util.List;
import java.util.Map;

/** The page for people: one HTML document that loads nothing and runs nothing. */
public final class AgentPage {
  private AgentPage() {}

  /** Makes the page; without renewal a reader can take his time. */
  @FunctionalInterface
  public interface Source {
    String render(boolean renewing);
  }

  /**
   * What the page shows.
   *
   * @param traffic by listener and backend
   * @param missing what is not ready yet, a phrase each
   * @param changes the last role changes, the newest first
   */
  record Data(
      AgentView view,
      Map<String, Map<BackendAddress, Traffic>> traffic,
      List<String> missing,
      List<RoleHistory.Change> changes) {}

  /** The page of this moment. */
  public static String render(
      AgentView view,
      ProxyWatch watch,
      List<String> missing,
      List<RoleHistory.Change> changes,
      boolean renewing) {
    return render(new Data(view, watch.traffic(), missing, changes), renewing);
  }

  static String render(Data data, boolean renewing) {
    return "<!doctype html><title>"
        + Html.escaped(data.view().identity().vip())
        + "</title>"
        + renewing;
  }
}
