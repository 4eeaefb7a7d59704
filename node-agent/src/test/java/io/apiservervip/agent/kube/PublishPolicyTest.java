package io.apiservervip.agent.kube;

import static org.assertj.core.api.Assertions.assertThat;

import io.apiservervip.api.v1alpha1.NodeRole;
import io.apiservervip.api.v1alpha1.NodeStatus;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class PublishPolicyTest {
  private static final RandomGenerator MIDDLE = () -> 1L << 63;
  private static final long MILLI = 1_000_000L;
  private static final long SECOND = 1000 * MILLI;
  private static final NodeStatus BACKUP = entry(NodeRole.BACKUP);
  private static final NodeStatus ACTIVE = entry(NodeRole.ACTIVE);

  private final PublishPolicy policy = new PublishPolicy(new Backoff(MIDDLE));

  @Test
  void theFirstEntryIsWritten() {
    assertThat(policy.due(BACKUP, 0)).isTrue();
  }

  @Test
  void theSameIsWrittenOnceAMinute() {
    policy.wrote(BACKUP, 0);
    assertThat(policy.due(BACKUP, 60 * SECOND - 1)).isFalse();
    assertThat(policy.due(BACKUP, 60 * SECOND)).isTrue();
    policy.wrote(BACKUP, 60 * SECOND);
    assertThat(policy.due(BACKUP, 61 * SECOND)).isFalse();
  }

  @Test
  void aChangeIsWrittenAtOnce() {
    policy.wrote(BACKUP, 0);
    assertThat(policy.due(ACTIVE, 1)).isTrue();
  }

  @Test
  void anotherMessageAloneWaitsTenSeconds() {
    policy.wrote(BACKUP, 0);
    NodeStatus told = entry(NodeRole.BACKUP, "the API server of this node is not up");
    assertThat(policy.due(told, 10 * SECOND - 1)).isFalse();
    assertThat(policy.due(told, 10 * SECOND)).isTrue();
    assertThat(policy.due(entry(NodeRole.ACTIVE, "other"), 1)).isTrue();
  }

  @Test
  void failuresAreRetriedWithGrowingPauses() {
    policy.failed(BACKUP, 0);
    assertThat(policy.due(BACKUP, 249 * MILLI)).isFalse();
    assertThat(policy.due(BACKUP, 250 * MILLI)).isTrue();
    policy.failed(BACKUP, 250 * MILLI);
    assertThat(policy.due(BACKUP, 749 * MILLI)).isFalse();
    assertThat(policy.due(BACKUP, 750 * MILLI)).isTrue();
  }

  @Test
  void newsWaitNotLongerThanASecond() {
    for (int i = 0; i < 10; i++) {
      policy.failed(BACKUP, 100 * SECOND);
    }
    assertThat(policy.due(BACKUP, 110 * SECOND)).isFalse();
    assertThat(policy.due(ACTIVE, 101 * SECOND - 1)).isFalse();
    assertThat(policy.due(ACTIVE, 101 * SECOND)).isTrue();
    policy.failed(ACTIVE, 101 * SECOND);
    assertThat(policy.due(ACTIVE, 103 * SECOND)).isFalse();
  }

  @Test
  void anotherApiServerEndsThePause() {
    for (int i = 0; i < 10; i++) {
      policy.failed(BACKUP, 0);
    }
    policy.renewed();
    assertThat(policy.due(BACKUP, 1)).isTrue();
    policy.failed(BACKUP, 1);
    assertThat(policy.due(BACKUP, 250 * MILLI + 1)).isTrue();
  }

  @Test
  void whatWasWrittenBeforeAFailureNeedsNoSecondWrite() {
    policy.wrote(BACKUP, 0);
    policy.failed(ACTIVE, SECOND);
    assertThat(policy.due(BACKUP, 10 * SECOND)).isFalse();
  }

  private static NodeStatus entry(NodeRole role) {
    return entry(role, "");
  }

  private static NodeStatus entry(NodeRole role, String message) {
    return new NodeStatus(
        "cp-1", role, null, null, null, null, null, null, null, null, null, null, null, message,
        null, null);
  }
}
