package io.apiservervip.agent.kube;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * The API servers that a connection may use, the preferred ones first. Never the virtual address:
 * whoever holds or moves a door must not come through it.
 *
 * @param direct each one API server
 * @param fallback used only while none of {@code direct} answers, as the address in the kubeconfig
 *     or in the pod's environment, behind which any API server may stand
 */
public record ApiServers(List<ApiServer> direct, List<ApiServer> fallback) {
  /** Most servers of one kind; the rest is left out. */
  static final int MAX = 64;

  public ApiServers {
    direct = distinct(direct);
    List<ApiServer> rest = new ArrayList<>(distinct(fallback));
    rest.removeAll(direct);
    fallback = List.copyOf(rest);
  }

  /** All of them in order of preference, each once. */
  List<ApiServer> all() {
    List<ApiServer> all = new ArrayList<>(direct);
    all.addAll(fallback);
    return List.copyOf(all);
  }

  private static List<ApiServer> distinct(List<ApiServer> servers) {
    return new LinkedHashSet<>(servers).stream().limit(MAX).toList();
  }
}
