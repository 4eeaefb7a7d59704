package io.apiservervip.agent.router;

import java.util.function.Consumer;

/** Port: the kernel's notifications of links and addresses (rtnetlink(7)). */
public interface LinkWatcher extends AutoCloseable {
  /** Hands over what has arrived, oldest first; never waits. Loop thread. */
  void drain(Consumer<LinkEvent> sink);

  /**
   * A full dump; may wait for the kernel's lock, so never called from the loop thread.
   *
   * @throws OperatingException with the kernel's errno; EINTR where links kept changing meanwhile
   */
  LinkSnapshot snapshot() throws OperatingException;

  @Override
  void close();
}
