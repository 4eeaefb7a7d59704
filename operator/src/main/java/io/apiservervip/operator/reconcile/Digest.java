package io.apiservervip.operator.reconcile;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/** A short digest of a text, that fits into a label. */
final class Digest {
  private static final int BYTES = 10;

  private Digest() {}

  /** 20 hexadecimal digits of SHA-256. */
  static String of(String text) {
    try {
      byte[] all =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(Arrays.copyOf(all, BYTES));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
