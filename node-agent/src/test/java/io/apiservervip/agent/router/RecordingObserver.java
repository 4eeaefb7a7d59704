package io.apiservervip.agent.router;

import io.apiservervip.agent.vrrp.ChecksumForm;
import io.apiservervip.agent.vrrp.Rejection;
import io.apiservervip.agent.vrrp.TransitionReason;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Keeps what the loop told. */
final class RecordingObserver implements RouterObserver {
  final List<String> roles = new ArrayList<>();
  final List<String> notices = new ArrayList<>();
  final List<String> warnings = new ArrayList<>();
  final List<String> fullQueues = new ArrayList<>();
  final Map<Rejection, Integer> rejected = new EnumMap<>(Rejection.class);
  int sent;
  int resigned;
  int failedSends;
  int received;
  int announced;
  int putBack;
  long latestNanos;

  @Override
  public void advertSent(boolean resign) {
    sent++;
    resigned += resign ? 1 : 0;
  }

  @Override
  public void sendFailed(int errno) {
    failedSends++;
  }

  @Override
  public void advertReceived(ChecksumForm form, boolean resign) {
    received++;
  }

  @Override
  public void advertRejected(Rejection reason, @Nullable InetAddress source) {
    rejected.merge(reason, 1, Integer::sum);
  }

  @Override
  public void loopLate(long nanos) {
    latestNanos = Math.max(latestNanos, nanos);
  }

  @Override
  public void announced() {
    announced++;
  }

  @Override
  public void addressPutBack() {
    putBack++;
  }

  @Override
  public void roleChanged(Role from, Role to, TransitionReason reason, String detail) {
    roles.add(from.text() + " -> " + to.text() + " " + reason.tag());
  }

  @Override
  public void notice(String text) {
    notices.add(text);
  }

  @Override
  public void warning(String subject, String text) {
    warnings.add(subject + ": " + text);
  }

  @Override
  public void queueFull(String queue) {
    fullQueues.add(queue);
  }
}
