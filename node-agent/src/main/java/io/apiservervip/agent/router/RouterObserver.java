package io.apiservervip.agent.router;

import io.apiservervip.agent.vrrp.ChecksumForm;
import io.apiservervip.agent.vrrp.Rejection;
import io.apiservervip.agent.vrrp.TransitionReason;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

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

  /**
   * One packet was discarded.
   *
   * @param source null where the packet did not get that far
   */
  void advertRejected(Rejection reason, @Nullable InetAddress source);

  /** The loop woke up so much later than it asked for. */
  void loopLate(long nanos);

  /** One gratuitous ARP pair or unsolicited neighbour advertisement left. */
  void announced();

  /** An own address that somebody else removed was put back. */
  void addressPutBack();

  /** The role changed. */
  void roleChanged(Role from, Role to, TransitionReason reason, String detail);

  /** Something worth a line in the log. */
  void notice(String text);

  /**
   * Something is wrong; may be called often.
   *
   * @param subject what repeats itself: at most one line a minute for each
   */
  void warning(String subject, String text);

  /** A bounded queue was full and something was dropped. */
  void queueFull(String queue);
}
