package io.apiservervip.agent.linux;

/** The socket options in use, by socket(7), ip(7), ipv6(7), packet(7). */
enum SocketOption {
  SO_SNDBUF(1, 7),
  SO_RCVBUF(1, 8),
  SO_PRIORITY(1, 12),
  SO_RCVTIMEO(1, 20),
  SO_BINDTODEVICE(1, 25),
  SO_ATTACH_FILTER(1, 26),
  SO_RCVBUFFORCE(1, 33),
  SO_TIMESTAMPNS(1, 35),
  IP_TOS(0, 1),
  IP_TTL(0, 2),
  IP_HDRINCL(0, 3),
  IP_FREEBIND(0, 15),
  IP_MULTICAST_IF(0, 32),
  IP_MULTICAST_TTL(0, 33),
  IP_MULTICAST_LOOP(0, 34),
  IP_ADD_MEMBERSHIP(0, 35),
  IP_MULTICAST_ALL(0, 49),
  IPV6_UNICAST_HOPS(41, 16),
  IPV6_MULTICAST_IF(41, 17),
  IPV6_MULTICAST_HOPS(41, 18),
  IPV6_MULTICAST_LOOP(41, 19),
  IPV6_ADD_MEMBERSHIP(41, 20),
  IPV6_MULTICAST_ALL(41, 29),
  IPV6_RECVPKTINFO(41, 49),
  IPV6_RECVHOPLIMIT(41, 51),
  IPV6_TCLASS(41, 67),
  IPV6_FREEBIND(41, 78);

  private final int level;
  private final int number;

  SocketOption(int level, int number) {
    this.level = level;
    this.number = number;
  }

  int level() {
    return level;
  }

  int number() {
    return number;
  }
}
