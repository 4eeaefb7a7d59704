package io.apiservervip.agent.vrrp;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Values that packets of one virtual router repeat, kept so that an ordinary advertisement makes no
 * new ones, and compared on the wire so that a foreign list is recognised before it is read.
 */
final class KnownValues {
  private static final List<Vrid> VRIDS =
      IntStream.rangeClosed(1, 255).mapToObj(Vrid::new).toList();
  private static final List<Priority> PRIORITIES =
      IntStream.rangeClosed(0, 255).mapToObj(Priority::new).toList();

  private final AdvertisementInterval interval;
  private final List<InetAddress> addresses;
  private final byte[][] addressBytes;

  KnownValues(AdvertisementInterval interval, List<InetAddress> addresses) {
    this.interval = interval;
    this.addresses = addresses;
    this.addressBytes = addresses.stream().map(InetAddress::getAddress).toArray(byte[][]::new);
  }

  static Vrid vrid(int value) {
    return VRIDS.get(value - 1);
  }

  static Priority priority(int value) {
    return PRIORITIES.get(value);
  }

  AdvertisementInterval interval(int centiseconds) {
    return interval.centiseconds() == centiseconds
        ? interval
        : new AdvertisementInterval(centiseconds);
  }

  /** The addresses of a message; the known list itself when they are those in the same order. */
  List<InetAddress> addresses(Family family, ByteBuffer message) {
    return same(family, message) ? addresses : AdvertisementCodec.addresses(family, message);
  }

  /** Whether a message has at least one of the addresses. */
  boolean overlaps(Family family, ByteBuffer message) {
    for (int i = 0; i < WireFormat.count(message); i++) {
      for (byte[] known : addressBytes) {
        if (equal(known, message, offset(family, i))) {
          return true;
        }
      }
    }
    return false;
  }

  private boolean same(Family family, ByteBuffer message) {
    if (WireFormat.count(message) != addressBytes.length) {
      return false;
    }
    for (int i = 0; i < addressBytes.length; i++) {
      if (!equal(addressBytes[i], message, offset(family, i))) {
        return false;
      }
    }
    return true;
  }

  private static int offset(Family family, int index) {
    return WireFormat.HEADER_BYTES + index * family.addressBytes();
  }

  /** From the last byte backwards, because the addresses of one subnet differ there. */
  private static boolean equal(byte[] known, ByteBuffer message, int offset) {
    for (int i = known.length - 1; i >= 0; i--) {
      if (known[i] != message.get(message.position() + offset + i)) {
        return false;
      }
    }
    return true;
  }
}
