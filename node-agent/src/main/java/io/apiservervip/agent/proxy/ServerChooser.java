package io.apiservervip.agent.proxy;

/** Port: names the next server. What it names is dialled. */
@FunctionalInterface
interface ServerChooser {
  /**
   * The next server.
   *
   * @param tried bits of the servers that are not to be named
   * @return an index, {@link Balancer#NOBODY} or {@link Balancer#ALL_FULL}
   */
  int choose(long tried, long nowNanos);
}
