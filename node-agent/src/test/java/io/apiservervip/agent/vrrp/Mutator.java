package io.apiservervip.agent.vrrp;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Random advertisements, and packets broken on purpose at places that a parser looks at. */
final class Mutator {
  private static final int MESSAGE_CHECKSUM = 6;

  private Mutator() {}

  /** An advertisement with the addresses of its packet. */
  record Sample(Advertisement advertisement, InetAddress source, InetAddress destination) {}

  static Sample randomAdvertisement(Random random) {
    boolean ipv6 = random.nextBoolean();
    boolean v2 = !ipv6 && random.nextBoolean();
    List<InetAddress> addresses = new ArrayList<>();
    int count = random.nextInt(10) == 0 ? 255 : 1 + random.nextInt(5);
    for (int i = 0; i < count; i++) {
      addresses.add(randomAddress(random, ipv6));
    }
    byte[] password = new byte[8];
    random.nextBytes(password);
    Advertisement advertisement =
        new Advertisement(
            v2 ? Version.V2 : Version.V3,
            new Vrid(1 + random.nextInt(255)),
            new Priority(random.nextInt(256)),
            new AdvertisementInterval(
                v2 ? 100 * (1 + random.nextInt(255)) : 1 + random.nextInt(4095)),
            addresses,
            v2 && random.nextBoolean()
                ? Authentication.Password.ofField(password)
                : new Authentication.None());
    Family family = ipv6 ? Family.IPV6 : Family.IPV4;
    return new Sample(
        advertisement,
        randomAddress(random, ipv6),
        random.nextBoolean() ? family.multicastGroup() : randomAddress(random, ipv6));
  }

  /** A seed packet with up to four changes; half of them with a right checksum afterwards. */
  static byte[] mutate(Packets seed, Random random) {
    byte[] packet = seed.received();
    int changes = random.nextInt(5);
    for (int i = 0; i < changes; i++) {
      packet = change(packet, seed.family, random);
    }
    int start = messageStart(packet, seed.family);
    if (random.nextBoolean() && packet.length >= start + 8) {
      byte[] message = Arrays.copyOfRange(packet, start, packet.length);
      fixChecksum(seed.family, seed.source, seed.destination, message);
      System.arraycopy(message, 0, packet, start, message.length);
      if (seed.family == Family.IPV4 && random.nextInt(4) != 0) {
        packet[2] = (byte) (packet.length >>> 8);
        packet[3] = (byte) packet.length;
      }
    }
    return packet;
  }

  /** An independent RFC 1071 sum: in place, over what the version and family cover. */
  static void fixChecksum(
      Family family, InetAddress source, InetAddress destination, byte[] message) {
    message[MESSAGE_CHECKSUM] = 0;
    message[MESSAGE_CHECKSUM + 1] = 0;
    long sum = 0;
    for (int i = 0; i < message.length; i++) {
      sum += (message[i] & 0xffL) << (i % 2 == 0 ? 8 : 0);
    }
    if (family == Family.IPV6 || message[0] >>> 4 != 2) {
      sum += 112 + message.length;
      for (InetAddress address : List.of(source, destination)) {
        byte[] bytes = address.getAddress();
        for (int i = 0; i < bytes.length; i++) {
          sum += (bytes[i] & 0xffL) << (i % 2 == 0 ? 8 : 0);
        }
      }
    }
    long field = 0xffff - sum % 0xffff;
    message[MESSAGE_CHECKSUM] = (byte) (field >>> 8);
    message[MESSAGE_CHECKSUM + 1] = (byte) field;
  }

  private static byte[] change(byte[] packet, Family family, Random random) {
    if (packet.length == 0) {
      return packet;
    }
    int start = messageStart(packet, family);
    return switch (random.nextInt(8)) {
      case 0 -> withByte(packet, random.nextInt(packet.length), random.nextInt(256));
      case 1 -> withByte(packet, random.nextInt(packet.length), interesting(random));
      case 2 -> withByte(packet, start + random.nextInt(8), interesting(random));
      case 3 -> withByte(packet, start + 3, random.nextInt(6));
      case 4 -> Arrays.copyOf(packet, random.nextInt(packet.length + 1));
      case 5 -> Arrays.copyOf(packet, packet.length + random.nextInt(40));
      case 6 -> Arrays.copyOf(packet, packet.length + 28);
      default -> withByte(packet, random.nextInt(Math.min(20, packet.length)), random.nextInt(256));
    };
  }

  private static byte[] withByte(byte[] packet, int index, int value) {
    byte[] changed = packet.clone();
    changed[Math.min(index, packet.length - 1)] = (byte) value;
    return changed;
  }

  private static int interesting(Random random) {
    int[] values = {0, 1, 2, 3, 0x21, 0x31, 0x33, 0x45, 0x4f, 0x7f, 0x80, 0xff};
    return values[random.nextInt(values.length)];
  }

  private static int messageStart(byte[] packet, Family family) {
    return switch (family) {
      case IPV4 -> packet.length == 0 ? 0 : (packet[0] & 0xf) * 4;
      case IPV6 -> 0;
    };
  }

  private static InetAddress randomAddress(Random random, boolean ipv6) {
    byte[] bytes = new byte[ipv6 ? 16 : 4];
    random.nextBytes(bytes);
    try {
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }
}
