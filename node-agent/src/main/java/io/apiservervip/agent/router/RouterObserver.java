package io.apiservervip.agent.router;

import io.apiservervip.agent.vrrp.ChecksumForm;
import io.apiservervip.agent.vrrp.Rejection;
import io.apiservervip.agent.vrrp.TransitionReason;

/**
 * Port: counts what the loop does. Called on the loop thread, so each call is cheap, allocates
 * nothing and never waits.
 */
public interface RouterObserver {
  /** One advert left, to one destination; {@code resign} for priority 0. */
  void advertSent(boolean resign);

  /** A send failed with this errno. */
  void sendFailed(int errno);

  /** One advert passed every check. */
  void advertReceived(ChecksumForm form, boolean resign);

  /** One packet was discarded. */
  void advertRejected(Rejection reason);

  /** The loop woke up so much later than it asked for. */
  void loopLate(long nanos);

  /** One gratuitous ARP pair or unsolicited neighbour advertisement left. */
  void announced();

  /** An own address that somebody else removed was put back. */
  void addressPutBack();

  /** The role changed. */
  void roleChanged(Role from, Role to, TransitionReason reason);

  /** A bounded queue was full and something was dropped. */
  void queueFull(String queue);
}
