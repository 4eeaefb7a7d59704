package io.apiservervip.agent.proxy;

import org.jspecify.annotations.Nullable;

/** Port: who holds a TCP port of this host. */
@FunctionalInterface
public interface PortHolders {
  /**
   * Such as {@code kube-apiserver (pid 812)}; null where it cannot be found out. May take 100 ms.
   */
  @Nullable String holder(int port);
}
