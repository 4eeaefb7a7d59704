package io.apiservervip.agent.linux;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads the tables of TCP sockets, /proc/net/tcp and tcp6 (proc_pid_net(5)): after the heading one
 * line a socket, in columns
 *
 * <pre>
 *   sl  local_address:port  rem_address:port  st  tx:rx  tr:when  retrnsmt  uid  timeout  inode …
 * </pre>
 *
 * with addresses, ports and state in hexadecimal digits.
 */
final class ListeningSocketCodec {
  private static final String TCP_LISTEN = "0A";
  private static final int LOCAL = 1;
  private static final int STATE = 3;
  private static final int INODE = 9;

  private ListeningSocketCodec() {}

  /**
   * The addresses on which somebody listens at a port, IPv4 ones mapped into IPv6 as IPv4; what is
   * malformed is passed over.
   */
  static Set<InetAddress> addresses(List<String> lines, int port) {
    return sockets(lines, port)
        .map(columns -> address(columns[LOCAL].substring(0, columns[LOCAL].indexOf(':'))))
        .filter(Objects::nonNull)
        .collect(Collectors.toUnmodifiableSet());
  }

  /** The inodes of the sockets that listen on a port; what is malformed is passed over. */
  static Set<String> listening(List<String> lines, int port) {
    return sockets(lines, port)
        .map(columns -> columns[INODE])
        .collect(Collectors.toUnmodifiableSet());
  }

  private static Stream<String[]> sockets(List<String> lines, int port) {
    String suffix = ":%04X".formatted(port);
    return lines.stream()
        .map(line -> line.strip().split(" +"))
        .filter(columns -> columns.length > INODE)
        .filter(columns -> columns[LOCAL].endsWith(suffix) && columns[STATE].equals(TCP_LISTEN));
  }

  /** Words of 32 bits, each in the machine's byte order. */
  private static @Nullable InetAddress address(String digits) {
    if (!digits.matches("([0-9A-F]{8}){1}|([0-9A-F]{8}){4}")) {
      return null;
    }
    ByteBuffer bytes = ByteBuffer.allocate(digits.length() / 2).order(ByteOrder.nativeOrder());
    for (int at = 0; at < digits.length(); at += 8) {
      bytes.putInt(Integer.parseUnsignedInt(digits.substring(at, at + 8), 16));
    }
    try {
      return InetAddress.getByAddress(bytes.array());
    } catch (UnknownHostException e) {
      throw new AssertionError("4 or 16 bytes are an address", e);
    }
  }
}
