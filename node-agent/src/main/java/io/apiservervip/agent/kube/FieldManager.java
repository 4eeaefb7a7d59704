package io.apiservervip.agent.kube;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/** Under which name an agent owns its entry in the status. Pure. */
final class FieldManager {
  /** Longest name that the API takes. */
  static final int MAX_LENGTH = 128;

  private static final String PREFIX = "apiserver-vip-agent-";

  private FieldManager() {}

  /** One for each node; a long name is cut and told apart by a checksum of the whole. */
  static String of(String node) {
    String whole = PREFIX + node;
    if (whole.length() <= MAX_LENGTH) {
      return whole;
    }
    CRC32 checksum = new CRC32();
    checksum.update(node.getBytes(StandardCharsets.UTF_8));
    String hash = "-%08x".formatted(checksum.getValue());
    return whole.substring(0, MAX_LENGTH - hash.length()) + hash;
  }
}
