package io.apiservervip.agent.preflight;

import io.apiservervip.agent.vrrp.Cast;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What one preflight tells the others over IP protocol 112, where VRRP would be: who it is and whom
 * it hears.
 *
 * <p>It begins with zeros where a VRRP message has its header. Version 0 does not exist and the
 * virtual router id 0 is nobody's, so that every router discards it by the checks of RFC 9568 §7.1
 * before it looks at any timer, keepalived already because it has no virtual router 0. The checksum
 * (RFC 1071, over all of it) is right, since nf_tables answers a packet that it rejects only then.
 * The rest is text, one word and its values a line:
 *
 * <pre>
 * 00 00 00 00 00 00, checksum:16
 * apiserver-vip preflight 1
 * vip control-plane
 * node cp-1
 * multicast cp-2 cp-3
 * unicast cp-2
 * </pre>
 *
 * @param heard by the way of sending, the nodes whose messages arrive there
 */
record ProbeMessage(String vip, String node, Map<Cast, Set<String>> heard) {
  /** Longer than 16 nodes of 63 characters, twice. */
  static final int CAPACITY = 4096;

  private static final int HEADER = 8;
  private static final int CHECKSUM = 6;
  private static final int LINES = 5;
  private static final String TITLE = "apiserver-vip preflight 1";

  ProbeMessage {
    Map<Cast, Set<String>> copy = new EnumMap<>(Cast.class);
    heard.forEach((way, nodes) -> copy.put(way, Set.copyOf(nodes)));
    heard = copy;
  }

  /** Whether it tells that messages of this node arrive in that way. */
  boolean hears(String other, Cast way) {
    return heard.getOrDefault(way, Set.of()).contains(other);
  }

  byte[] encode() {
    StringBuilder text = new StringBuilder(256).append(TITLE);
    text.append("\nvip ").append(vip).append("\nnode ").append(node);
    for (Cast way : Cast.values()) {
      text.append('\n').append(word(way));
      heard.getOrDefault(way, Set.of()).stream().sorted().forEach(n -> text.append(' ').append(n));
    }
    byte[] body = text.append('\n').toString().getBytes(StandardCharsets.UTF_8);
    byte[] message = new byte[HEADER + Math.min(body.length, CAPACITY - HEADER)];
    System.arraycopy(body, 0, message, HEADER, message.length - HEADER);
    int field = ~sum(message) & 0xffff;
    message[CHECKSUM] = (byte) (field >>> 8);
    message[CHECKSUM + 1] = (byte) field;
    return message;
  }

  /** Reads what came with IP protocol 112, from position to limit; null for anything else. */
  static @Nullable ProbeMessage decode(ByteBuffer message) {
    byte[] all = new byte[Math.min(message.remaining(), CAPACITY)];
    message.get(message.position(), all);
    boolean zeros =
        all.length > HEADER && Arrays.equals(all, 0, CHECKSUM, new byte[CHECKSUM], 0, CHECKSUM);
    if (!zeros || sum(all) != 0xffff) {
      return null;
    }
    String text = new String(all, HEADER, all.length - HEADER, StandardCharsets.UTF_8);
    List<String> lines = text.lines().toList();
    if (lines.size() != LINES || !lines.getFirst().equals(TITLE)) {
      return null;
    }
    String vip = after("vip", lines.get(1));
    String node = after("node", lines.get(2));
    if (vip == null || node == null) {
      return null;
    }
    Map<Cast, Set<String>> heard = new EnumMap<>(Cast.class);
    for (Cast way : Cast.values()) {
      String nodes = nodes(way, lines);
      if (nodes == null) {
        return null;
      }
      heard.put(way, nodes.isBlank() ? Set.of() : new LinkedHashSet<>(words(nodes)));
    }
    return new ProbeMessage(vip, node, heard);
  }

  private static @Nullable String nodes(Cast way, List<String> lines) {
    return switch (way) {
      case MULTICAST -> after(word(way), lines.get(3) + " ");
      case UNICAST -> after(word(way), lines.get(4) + " ");
    };
  }

  /** The one's complement sum of 16-bit words, the last one filled up with zeros. */
  private static int sum(byte[] message) {
    int sum = 0;
    for (int at = 0; at < message.length; at++) {
      sum += (message[at] & 0xff) << (at % 2 == 0 ? 8 : 0);
    }
    while (sum >>> 16 != 0) {
      sum = (sum & 0xffff) + (sum >>> 16);
    }
    return sum;
  }

  private static List<String> words(String nodes) {
    return List.of(nodes.strip().split(" +"));
  }

  private static @Nullable String after(String word, String line) {
    return line.startsWith(word + " ") ? line.substring(word.length() + 1) : null;
  }

  private static String word(Cast way) {
    return way.name().toLowerCase(Locale.ROOT);
  }
}
