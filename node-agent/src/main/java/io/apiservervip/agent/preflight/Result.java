package io.apiservervip.agent.preflight;

/** How a check ended. */
public enum Result {
  OK("ok"),
  /** It works, or may, but something should be known or changed. */
  WARN("warn"),
  /** The address must not be taken like this. */
  FAIL("fail"),
  /** Nothing can be said; the finding tells why. */
  NOT_CHECKED("not checked");

  private final String text;

  Result(String text) {
    this.text = text;
  }

  /** As people read it. */
  public String text() {
    return text;
  }
}
