package io.apiservervip.operator.status;

import io.apiservervip.api.v1alpha1.ConditionStatus;
import io.apiservervip.api.v1alpha1.ConditionStatusEntry;
import io.apiservervip.operator.model.RefusalReason;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Events about conditions that turned, judged against the stored ones. */
final class ConditionEvents {
  /** Reasons of Programmed that a person has to do something about. */
  private static final Set<String> TOLD =
      Set.of(
          PlanConditions.ROLLOUT_STOPPED,
          PlanConditions.STATUS_NOT_WRITTEN,
          PlanConditions.HINDERED);

  private final EventBook book;

  ConditionEvents(EventBook book) {
    this.book = book;
  }

  void turned(
      ConditionType type, @Nullable ConditionStatusEntry stored, ConditionStatusEntry next) {
    boolean same =
        stored != null && stored.status() == next.status() && stored.reason().equals(next.reason());
    switch (type) {
      case ACCEPTED -> accepted(stored, next);
      case SPLIT_BRAIN -> splitBrain(stored, next);
      case PROGRAMMED -> {
        if (!same && TOLD.contains(next.reason())) {
          book.warning(next.reason(), next.message());
        }
      }
      case CERTIFICATE_COVERED -> {
        if (!same && next.status() == ConditionStatus.FALSE) {
          book.warning(next.reason(), next.message());
        }
      }
      case SERVICE_SYNCED -> service(same, next);
      case READY -> {
        if (!same && next.reason().equals(ReadyCondition.NO_BACKEND)) {
          book.warning(next.reason(), next.message());
        }
      }
    }
  }

  private void accepted(@Nullable ConditionStatusEntry stored, ConditionStatusEntry next) {
    if (next.status() == ConditionStatus.FALSE
        && (stored == null
            || stored.status() != next.status()
            || !stored.message().equals(next.message()))) {
      book.warning(next.reason(), next.message());
    }
    if (next.status() == ConditionStatus.TRUE
        && stored != null
        && stored.status() != ConditionStatus.TRUE) {
      book.normal(next.reason(), next.message());
    }
  }

  private void splitBrain(@Nullable ConditionStatusEntry stored, ConditionStatusEntry next) {
    boolean was = stored != null && stored.status() == ConditionStatus.TRUE;
    boolean is = next.status() == ConditionStatus.TRUE;
    if (is && !was) {
      book.warning("SplitBrain", next.message());
    }
    if (was && !is) {
      book.normal("SplitBrainEnded", next.message());
    }
  }

  /** A refusal of the whole resource was told with Accepted. */
  private void service(boolean same, ConditionStatusEntry next) {
    boolean told =
        next.reason().equals(RefusalReason.CLUSTER_IP_IMMUTABLE.text())
            || next.reason().equals(RefusalReason.FOREIGN_SERVICE.text())
            || next.reason().equals("WriteFailed");
    if (!same && told && next.status() == ConditionStatus.FALSE) {
      book.warning(next.reason(), next.message());
    }
  }
}
