package io.apiservervip.api.v1alpha1;

import java.nio.charset.StandardCharsets;

/** Password of version 2, 1..8 bytes in UTF-8; never shown by {@link #toString()}. */
public record Password(String text) {
  public Password {
    int bytes = text.getBytes(StandardCharsets.UTF_8).length;
    if (bytes < 1 || bytes > 8) {
      throw new IllegalArgumentException("password: " + bytes + " bytes are not in 1..8");
    }
  }

  @Override
  public String toString() {
    return "Password[hidden]";
  }
}
