package io.apiservervip.agent.observe;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Users and their passwords, as digests alone; comparing takes as long whoever asks. */
final class Passwords {
  static final int MAX_USERS = 64;
  private static final String BASIC = "basic ";

  private final List<byte[]> digests;

  private Passwords(List<byte[]> digests) {
    this.digests = digests;
  }

  /**
   * Reads {@code user:password} lines; empty lines and lines that begin with # are passed over.
   *
   * @throws IllegalArgumentException with a phrase that names the line and no password
   */
  static Passwords parse(String text) {
    List<byte[]> digests = new ArrayList<>();
    int number = 0;
    for (String line : text.lines().toList()) {
      number++;
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      int colon = line.indexOf(':');
      if (colon < 1 || colon == line.length() - 1) {
        throw new IllegalArgumentException("line " + number + " is not user:password");
      }
      if (line.chars().anyMatch(Character::isISOControl)) {
        throw new IllegalArgumentException("line " + number + " has a control character");
      }
      if (digests.size() == MAX_USERS) {
        throw new IllegalArgumentException("more than " + MAX_USERS + " users");
      }
      digests.add(digest(line.getBytes(StandardCharsets.UTF_8)));
    }
    if (digests.isEmpty()) {
      throw new IllegalArgumentException("no user");
    }
    return new Passwords(digests);
  }

  /** Whether an {@code Authorization} header (RFC 7617, section 2) names one of them. */
  boolean know(@Nullable String authorization) {
    if (authorization == null || !authorization.regionMatches(true, 0, BASIC, 0, BASIC.length())) {
      return false;
    }
    byte[] digest;
    try {
      digest = digest(Base64.getDecoder().decode(authorization.substring(BASIC.length()).strip()));
    } catch (IllegalArgumentException e) {
      return false;
    }
    boolean known = false;
    for (byte[] one : digests) {
      known |= MessageDigest.isEqual(one, digest);
    }
    return known;
  }

  private static byte[] digest(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
