package io.apiservervip.operator.status;

import io.apiservervip.api.v1alpha1.ConditionStatus;

/**
 * A condition before it has a time.
 *
 * @param reason CamelCase
 * @param message a sentence, with the remedy where one is needed
 */
record Judgement(ConditionStatus status, String reason, String message) {

  static Judgement yes(String reason, String message) {
    return new Judgement(ConditionStatus.TRUE, reason, message);
  }

  static Judgement no(String reason, String message) {
    return new Judgement(ConditionStatus.FALSE, reason, message);
  }

  static Judgement unknown(String reason, String message) {
    return new Judgement(ConditionStatus.UNKNOWN, reason, message);
  }

  boolean isTrue() {
    return status == ConditionStatus.TRUE;
  }
}
