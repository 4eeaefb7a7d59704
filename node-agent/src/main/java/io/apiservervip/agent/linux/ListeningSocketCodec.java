package io.apiservervip.agent.linux;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

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

  /** The inodes of the sockets that listen on a port; what is malformed is passed over. */
  static Set<String> listening(List<String> lines, int port) {
    String suffix = ":%04X".formatted(port);
    return lines.stream()
        .map(line -> line.strip().split(" +"))
        .filter(columns -> columns.length > INODE)
        .filter(columns -> columns[LOCAL].endsWith(suffix) && columns[STATE].equals(TCP_LISTEN))
        .map(columns -> columns[INODE])
        .collect(Collectors.toUnmodifiableSet());
  }
}
