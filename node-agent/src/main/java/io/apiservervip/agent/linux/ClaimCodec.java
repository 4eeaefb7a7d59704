package io.apiservervip.agent.linux;

import io.apiservervip.agent.router.MacAddress;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * Reads from an Ethernet frame which station says it has which address: the sender of an ARP packet
 * of any operation, the target of a neighbour advertisement. Layout as in {@link
 * NeighborFrameCodec}; whatever is malformed reads as no claim.
 */
final class ClaimCodec {
  private ClaimCodec() {}

  /** The one of {@code watched} that the frame claims, or null. */
  static @Nullable InetAddress claimed(ByteBuffer frame, Collection<InetAddress> watched) {
    byte[] address = new byte[isArp(frame) ? 4 : 16];
    if (isArp(frame)) {
      frame.get(28, address);
    } else if (isAdvertisement(frame)) {
      frame.get(62, address);
    } else {
      return null;
    }
    for (InetAddress candidate : watched) {
      if (Arrays.equals(candidate.getAddress(), address)) {
        return candidate;
      }
    }
    return null;
  }

  /** The claiming station: as the claim says, or else the frame's sender. */
  static MacAddress station(ByteBuffer frame) {
    if (isArp(frame)) {
      return mac(frame, 22);
    }
    boolean stated = frame.limit() >= 86 && frame.get(78) == 2 && frame.get(79) == 1;
    return mac(frame, stated ? 80 : 6);
  }

  private static boolean isArp(ByteBuffer frame) {
    return frame.limit() >= 42
        && frame.get(12) == 0x08
        && frame.get(13) == 0x06
        && frame.get(14) == 0
        && frame.get(15) == 1
        && frame.get(16) == 0x08
        && frame.get(17) == 0
        && frame.get(18) == 6
        && frame.get(19) == 4;
  }

  private static boolean isAdvertisement(ByteBuffer frame) {
    return frame.limit() >= 78
        && frame.get(12) == (byte) 0x86
        && frame.get(13) == (byte) 0xdd
        && frame.get(20) == 58
        && frame.get(21) == (byte) 255
        && frame.get(54) == (byte) 136;
  }

  private static MacAddress mac(ByteBuffer frame, int at) {
    byte[] bytes = new byte[6];
    frame.get(at, bytes);
    return MacAddress.of(bytes);
  }
}
