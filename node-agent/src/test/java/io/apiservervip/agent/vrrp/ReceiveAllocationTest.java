package io.apiservervip.agent.vrrp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ReceiveAllocationTest {
  /** Two records, in version 2 a password, in IPv6 the bytes of both addresses. */
  private static final long ACCEPTED_BYTES = 256;

  private volatile Object sink = "";

  @ParameterizedTest
  @EnumSource
  void anAdmittedAdvertisementMakesLittle(Packets packet) {
    long bytes = measure(packet, packet.policy(), packet.received());
    System.out.println(packet + " admitted: " + bytes + " bytes");
    assertThat(bytes).isLessThanOrEqualTo(ACCEPTED_BYTES);
  }

  @ParameterizedTest
  @EnumSource
  void aRejectedPacketMakesNothingButAddressBytes(Packets packet) {
    byte[] corrupt = packet.received();
    corrupt[corrupt.length - 1] ^= 1;
    long badChecksum = measure(packet, packet.policy(), corrupt);
    byte[] headless = Arrays.copyOf(packet.received(), 7);
    long tooShort = measure(packet, packet.policy(), headless);
    System.out.println(packet + " rejected: " + badChecksum + " and " + tooShort + " bytes");
    assertThat(badChecksum).isLessThanOrEqualTo(128);
    assertThat(tooShort).isZero();
  }

  private long measure(Packets packet, ReceivePolicy policy, byte[] received) {
    AdvertisementReceiver receiver = new AdvertisementReceiver(policy);
    ByteBuffer buffer = ByteBuffer.wrap(received);
    return AllocationMeter.bytesPerCall(
        () ->
            sink =
                receiver.receive(
                    packet.family, buffer, packet.source, packet.destination, packet.hopLimit()));
  }
}
