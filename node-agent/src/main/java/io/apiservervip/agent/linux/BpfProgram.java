package io.apiservervip.agent.linux;

import io.apiservervip.agent.vrrp.Family;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * A classic BPF program for SO_ATTACH_FILTER (the kernel's Documentation/networking/filter.rst).
 *
 * <p>Each instruction is {@code code:16 jt:8 jf:8 k:32}; a program returns how many bytes of the
 * packet to keep, 0 to drop it.
 */
final class BpfProgram {
  private static final int LOAD_WORD = 0x20;
  private static final int LOAD_HALF = 0x28;
  private static final int LOAD_BYTE = 0x30;
  private static final int JUMP_EQUAL = 0x15;
  private static final int RETURN = 0x06;
  private static final int WHOLE_PACKET = 0x40000;
  private static final int ETHERTYPE = 12;
  private static final int ARP_SENDER_IP = 28;
  private static final int IPV4_PROTOCOL = 23;
  private static final int ICMP_TYPE = 34;
  private static final int IPV6_NEXT_HEADER = 20;
  private static final int IPV6_HOP_LIMIT = 21;
  private static final int ICMPV6_TYPE = 54;
  private static final int NA_TARGET = 62;

  private final List<Long> instructions = new ArrayList<>();

  private BpfProgram() {}

  /** Drops every packet. */
  static BpfProgram dropAll() {
    return new BpfProgram().add(RETURN, 0, 0, 0);
  }

  /** Passes ARP packets whose sender protocol address is one of these; at most 16. */
  static BpfProgram arpFrom(Collection<byte[]> addresses) {
    BpfProgram program = arp();
    program.add(LOAD_WORD, 0, 0, ARP_SENDER_IP);
    for (byte[] address : addresses) {
      program.add(JUMP_EQUAL, 0, 1, ByteBuffer.wrap(address).getInt());
      program.add(RETURN, 0, 0, WHOLE_PACKET);
    }
    return program.add(RETURN, 0, 0, 0);
  }

  /**
   * Passes neighbour advertisements (RFC 4861 §4.4, hop limit 255) for one of these targets; at
   * most 16.
   */
  static BpfProgram advertisementsOf(Collection<byte[]> targets) {
    BpfProgram program = advertisement();
    for (byte[] target : targets) {
      ByteBuffer words = ByteBuffer.wrap(target);
      for (int word = 0; word < 4; word++) {
        program.add(LOAD_WORD, 0, 0, NA_TARGET + 4 * word);
        program.add(JUMP_EQUAL, 0, 7 - 2 * word, words.getInt(4 * word));
      }
      program.add(RETURN, 0, 0, WHOLE_PACKET);
    }
    return program.add(RETURN, 0, 0, 0);
  }

  /** Passes every claim of the family: all ARP, or all neighbour advertisements. */
  static BpfProgram anyClaim(Family family) {
    BpfProgram program =
        switch (family) {
          case IPV4 -> arp();
          case IPV6 -> advertisement();
        };
    return program.add(RETURN, 0, 0, WHOLE_PACKET);
  }

  /** Passes IP protocol 112 and the ICMP errors that may be about it. */
  static BpfProgram protocol112AndUnreachable(Family family) {
    return switch (family) {
      case IPV4 ->
          new BpfProgram()
              .add(LOAD_BYTE, 0, 0, IPV4_PROTOCOL)
              .add(JUMP_EQUAL, 3, 0, 112)
              .add(JUMP_EQUAL, 0, 3, 1)
              .add(LOAD_BYTE, 0, 0, ICMP_TYPE)
              .add(JUMP_EQUAL, 0, 1, 3)
              .add(RETURN, 0, 0, WHOLE_PACKET)
              .add(RETURN, 0, 0, 0);
      case IPV6 ->
          new BpfProgram()
              .add(LOAD_BYTE, 0, 0, IPV6_NEXT_HEADER)
              .add(JUMP_EQUAL, 4, 0, 112)
              .add(JUMP_EQUAL, 0, 4, 58)
              .add(LOAD_BYTE, 0, 0, ICMPV6_TYPE)
              .add(JUMP_EQUAL, 1, 0, 1)
              .add(JUMP_EQUAL, 0, 1, 4)
              .add(RETURN, 0, 0, WHOLE_PACKET)
              .add(RETURN, 0, 0, 0);
    };
  }

  private static BpfProgram arp() {
    return new BpfProgram().require(LOAD_HALF, ETHERTYPE, 0x0806);
  }

  private static BpfProgram advertisement() {
    return new BpfProgram()
        .require(LOAD_HALF, ETHERTYPE, 0x86dd)
        .require(LOAD_BYTE, IPV6_NEXT_HEADER, 58)
        .require(LOAD_BYTE, IPV6_HOP_LIMIT, 255)
        .require(LOAD_BYTE, ICMPV6_TYPE, 136);
  }

  int length() {
    return instructions.size();
  }

  /** The array of {@code struct sock_filter} in native byte order. */
  byte[] encoded() {
    byte[] encoded = new byte[8 * instructions.size()];
    ByteBuffer out = ByteBuffer.wrap(encoded).order(ByteOrder.nativeOrder());
    for (long instruction : instructions) {
      out.putShort((short) (instruction >>> 48));
      out.put((byte) (instruction >>> 40)).put((byte) (instruction >>> 32));
      out.putInt((int) instruction);
    }
    return encoded;
  }

  private BpfProgram require(int load, int offset, int value) {
    return add(load, 0, 0, offset).add(JUMP_EQUAL, 1, 0, value).add(RETURN, 0, 0, 0);
  }

  private BpfProgram add(int code, int ifTrue, int ifFalse, int operand) {
    instructions.add(
        (long) code << 48 | (long) ifTrue << 40 | (long) ifFalse << 32 | (operand & 0xffffffffL));
    return this;
  }
}
