package io.apiservervip.agent.kube;

/** A whole answer of an API server. */
public record ApiAnswer(int status, String body) {
  /** 2xx. */
  public boolean successful() {
    return status / 100 == 2;
  }
}
