package io.apiservervip.agent.vrrp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Random and structure-aware mutated packets: 200,000 in a sample, 6,000,000 in a full campaign.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ParserFuzzTest {
  private static final long SEED = 20_260_821L;
  private static final Packets[] SEEDS = Packets.values();

  private final AdvertisementReceiver[] receivers =
      Arrays.stream(SEEDS)
          .map(seed -> new AdvertisementReceiver(seed.policy()))
          .toArray(AdvertisementReceiver[]::new);
  private final Random random = new Random(SEED);
  private final Map<Rejection, Long> rejected = new EnumMap<>(Rejection.class);
  private long admitted;
  private long parseNanos;
  private long parseBytes;

  @Test
  void noPacketMakesTheParserThrowOrAllocateMore() {
    int tenth = "full".equals(System.getProperty("campaign")) ? 600_000 : 20_000;
    run(20_000);
    parseBytes = 0;
    run(tenth);
    double first = (double) parseBytes / tenth;
    parseNanos = 0;
    run(8 * tenth);
    parseBytes = 0;
    run(tenth);
    double last = (double) parseBytes / tenth;
    long total = admitted + rejected.values().stream().mapToLong(Long::longValue).sum();
    System.out.printf(
        "fuzz: %d packets, %d admitted, rejected %s; %.0f packets/s parsed;"
            + " %.1f bytes a packet in the first tenth, %.1f in the last%n",
        total, admitted, rejected, 9e9 * tenth / parseNanos, first, last);
    assertThat(total).isEqualTo(20_000 + 10L * tenth);
    assertThat(admitted).isPositive();
    assertThat(last).isLessThanOrEqualTo(first * 1.1 + 8);
    assertThat(rejected.keySet())
        .containsExactlyInAnyOrder(
            EnumSet.complementOf(EnumSet.of(Rejection.OWN_SOURCE, Rejection.NOT_A_MEMBER))
                .toArray(Rejection[]::new));
  }

  private void run(int packets) {
    for (int i = 0; i < packets; i++) {
      int index = random.nextInt(SEEDS.length);
      Packets seed = SEEDS[index];
      byte[] packet = random.nextInt(10) == 0 ? noise() : Mutator.mutate(seed, random);
      ByteBuffer buffer = ByteBuffer.wrap(packet);
      int policy = random.nextInt(8) == 0 ? random.nextInt(SEEDS.length) : index;
      long bytes = AllocationMeter.allocatedBytes();
      long start = System.nanoTime();
      Verdict verdict =
          receivers[policy].receive(
              seed.family, buffer, seed.source, seed.destination, seed.hopLimit());
      parseNanos += System.nanoTime() - start;
      parseBytes += AllocationMeter.allocatedBytes() - bytes;
      count(verdict);
      boolean stepwise = admittedStepwise(packet, seed, SEEDS[policy].policy());
      assertThat(verdict instanceof Verdict.Admitted).isEqualTo(stepwise);
      assertThat(buffer.position() == 0 && buffer.limit() == packet.length).isTrue();
    }
  }

  /** The other way to the same end: header, codec, policy one after the other. */
  private static boolean admittedStepwise(byte[] packet, Packets seed, ReceivePolicy policy) {
    ByteBuffer message = ByteBuffer.wrap(packet);
    int ttl = seed.hopLimit();
    if (seed.family == Family.IPV4) {
      if (Ipv4Datagram.check(message) != null) {
        return false;
      }
      ttl = Ipv4Datagram.ttl(message);
      message = Ipv4Datagram.payload(message);
    }
    return AdvertisementCodec.decode(seed.family, seed.source, seed.destination, message)
            instanceof Reception.Accepted accepted
        && policy.judge(seed.family, seed.source, seed.destination, ttl, accepted)
            instanceof Verdict.Admitted;
  }

  private void count(Verdict verdict) {
    switch (verdict) {
      case Verdict.Admitted _ -> admitted++;
      case Reception.Rejected(Rejection reason, int _, boolean _) ->
          rejected.merge(reason, 1L, Long::sum);
    }
  }

  private byte[] noise() {
    byte[] bytes = new byte[random.nextInt(80)];
    random.nextBytes(bytes);
    return bytes;
  }
}
