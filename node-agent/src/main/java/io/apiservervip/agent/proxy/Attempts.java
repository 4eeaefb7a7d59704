package io.apiservervip.agent.proxy;

/**
 * The connects of one session: to whom, since when, how far. Sets of attempts and of servers are
 * bits. At most {@value #MAX}; owned by the session.
 */
final class Attempts {
  static final int MAX = 8;

  private final byte[] servers = new byte[MAX];
  private final long[] dialledNanos = new long[MAX];
  private int count;
  private int dialling;
  private int connected;
  private int sent;
  private int unanswered;

  /** A connect to a server begins. */
  int add(int server, long nowNanos) {
    servers[count] = (byte) server;
    dialledNanos[count] = nowNanos;
    dialling |= bit(count);
    return count++;
  }

  int count() {
    return count;
  }

  int server(int attempt) {
    return servers[attempt];
  }

  long dialledNanos(int attempt) {
    return dialledNanos[attempt];
  }

  /** Being connected. */
  int dialling() {
    return dialling;
  }

  /** Connected, and not answered. */
  int connected() {
    return connected;
  }

  /** Got the first flight, whatever became of it. */
  int sent() {
    return sent;
  }

  /** Being connected or connected. */
  int live() {
    return dialling | connected;
  }

  /** It ended: not established, closed or abandoned. */
  void end(int attempts) {
    dialling &= ~attempts;
    connected &= ~attempts;
  }

  void connect(int attempt) {
    dialling &= ~bit(attempt);
    connected |= bit(attempt);
  }

  void send(int attempt) {
    sent |= bit(attempt);
  }

  /** It left the first flight unanswered; false: that is known. */
  boolean leaveUnanswered(int attempt) {
    boolean known = in(unanswered, attempt);
    unanswered |= bit(attempt);
    return !known;
  }

  /** Bits of the servers of these attempts. */
  long servers(int attempts) {
    long bits = 0;
    for (int rest = attempts; rest != 0; rest &= rest - 1) {
      bits |= 1L << servers[first(rest)];
    }
    return bits;
  }

  static int bit(int attempt) {
    return 1 << attempt;
  }

  static boolean in(int attempts, int attempt) {
    return (attempts & bit(attempt)) != 0;
  }

  static int first(int attempts) {
    return Integer.numberOfTrailingZeros(attempts);
  }

  static int last(int attempts) {
    return 31 - Integer.numberOfLeadingZeros(attempts);
  }
}
