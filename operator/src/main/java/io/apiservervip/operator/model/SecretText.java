package io.apiservervip.operator.model;

/** The value of one key of a Secret, as text; never shown by {@link #toString()}. */
public record SecretText(String text) {
  @Override
  public String toString() {
    return "SecretText[hidden]";
  }
}
