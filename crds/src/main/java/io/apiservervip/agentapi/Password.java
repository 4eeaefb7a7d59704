package io.apiservervip.agentapi;

import java.nio.charset.StandardCharsets;

/** Password of version 2, 1..8 bytes in UTF-8; never shown by {@link #toString()}. */
public record Password(String text) {
  public Password {
    int bytes = text.getBytes(StandardCharsets.UTF_8).length;
    Require.range("password: bytes", bytes, 1, 8);
  }

  @Override
  public String toString() {
    return "Password[hidden]";
  }
}
