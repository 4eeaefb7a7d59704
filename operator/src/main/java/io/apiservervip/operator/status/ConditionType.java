package io.apiservervip.operator.status;

import io.apiservervip.api.v1alpha1.ApiServerVipStatus;
import io.apiservervip.api.v1alpha1.ConditionStatusEntry;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The conditions of a resource, in the order in which they are shown. */
enum ConditionType {
  ACCEPTED("Accepted"),
  PROGRAMMED("Programmed"),
  READY("Ready"),
  SPLIT_BRAIN("SplitBrain"),
  CERTIFICATE_COVERED("CertificateCovered"),
  SERVICE_SYNCED("ServiceSynced");

  private static final int MAX_MESSAGE = 4096;

  private final String text;

  ConditionType(String text) {
    this.text = text;
  }

  String text() {
    return text;
  }

  /** This condition as it stands; null: it was never set. */
  @Nullable ConditionStatusEntry stored(@Nullable ApiServerVipStatus status) {
    List<ConditionStatusEntry> conditions = status == null ? null : status.conditions();
    for (ConditionStatusEntry entry :
        Objects.requireNonNullElse(conditions, List.<ConditionStatusEntry>of())) {
      if (entry.type().equals(text)) {
        return entry;
      }
    }
    return null;
  }

  /** The entry to write; its time is kept while its status stays. */
  ConditionStatusEntry entry(
      Judgement judgement, @Nullable ConditionStatusEntry stored, long generation, Instant now) {
    String message = judgement.message();
    return new ConditionStatusEntry(
        text,
        judgement.status(),
        generation,
        stored != null && stored.status() == judgement.status()
            ? stored.lastTransitionTime()
            : now.truncatedTo(ChronoUnit.SECONDS).toString(),
        judgement.reason(),
        message.length() > MAX_MESSAGE ? message.substring(0, MAX_MESSAGE) : message);
  }
}
