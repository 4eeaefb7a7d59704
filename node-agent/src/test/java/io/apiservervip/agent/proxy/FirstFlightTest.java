package io.apiservervip.agent.proxy;

import static io.apiservervip.agent.proxy.Hellos.concat;
import static io.apiservervip.agent.proxy.Hellos.extension;
import static io.apiservervip.agent.proxy.Hellos.message;
import static io.apiservervip.agent.proxy.Hellos.records;
import static org.assertj.core.api.Assertions.assertThat;

import io.apiservervip.agent.proxy.FirstFlight.Kind;
import io.apiservervip.agent.proxy.FirstFlight.Reason;
import io.apiservervip.agent.vrrp.SeededTest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FirstFlightTest {
  private static final byte[] HELLO = message(extension(0, 20), extension(43, 3));

  /** What an openssl client of TLS 1.2 without extensions sends, by RFC 5246 §7.4.1.2. */
  private static final byte[] GOLDEN =
      HexFormat.of()
          .parseHex(
              "160301002d" + "01000029" + "0303" + "00".repeat(32) + "00" + "0002c02f" + "0100");

  private static Reason refusal(byte[] bytes) {
    FirstFlight flight = new FirstFlight();
    assertThat(flight.update(ByteBuffer.wrap(bytes))).isEqualTo(Kind.NOT_REPLAYABLE);
    return flight.reason();
  }

  private static Kind inSegments(byte[] bytes, int segment) {
    FirstFlight flight = new FirstFlight();
    for (int there = segment; there < bytes.length; there += segment) {
      Kind kind = flight.update(ByteBuffer.wrap(bytes, 0, there));
      assertThat(kind).as("after %s bytes", there).isEqualTo(Kind.INCOMPLETE);
    }
    return flight.update(ByteBuffer.wrap(bytes));
  }

  @Test
  void helloOfTheJdkIsComplete() {
    for (List<String> protocols :
        List.of(List.of("TLSv1.3"), List.of("TLSv1.2"), List.of("TLSv1.3", "TLSv1.2"))) {
      byte[] hello = Hellos.ofTheJdk(protocols.toArray(String[]::new));
      FirstFlight flight = new FirstFlight();
      assertThat(flight.update(ByteBuffer.wrap(hello))).isEqualTo(Kind.COMPLETE);
      assertThat(flight.length()).isEqualTo(hello.length);
      assertThat(inSegments(hello, 1)).isEqualTo(Kind.COMPLETE);
    }
  }

  @Test
  void helloWithoutExtensionsIsComplete() {
    assertThat(FirstFlight.kind(GOLDEN)).isEqualTo(Kind.COMPLETE);
  }

  @Test
  void segmentsOfAnySizeMakeNoDifference() {
    byte[] bytes = records(HELLO, 16_384);
    for (int segment = 1; segment <= bytes.length; segment++) {
      assertThat(inSegments(bytes, segment)).as("%s", segment).isEqualTo(Kind.COMPLETE);
    }
  }

  @Test
  void helloMaySpanRecordsOfAnySize() {
    for (int most = 1; most <= HELLO.length; most++) {
      assertThat(inSegments(records(HELLO, most), 1)).as("%s", most).isEqualTo(Kind.COMPLETE);
      assertThat(refusal(records(message(extension(0, 9), extension(42, 0)), most)))
          .isEqualTo(Reason.EARLY_DATA);
    }
  }

  @Test
  void nothingIsIncomplete() {
    assertThat(FirstFlight.kind(new byte[0])).isEqualTo(Kind.INCOMPLETE);
  }

  @Test
  void earlyDataIsNeverSentTwice() {
    byte[] hello = records(message(extension(0, 20), extension(42, 0), extension(41, 60)), 16_384);
    assertThat(refusal(hello)).isEqualTo(Reason.EARLY_DATA);
  }

  @Test
  void whatFollowsTheHelloIsNotSentTwice() {
    byte[] hello = records(HELLO, 16_384);
    byte[] changeCipherSpec = {0x14, 3, 3, 0, 1, 1};
    assertThat(refusal(concat(hello, changeCipherSpec))).isEqualTo(Reason.MORE_BYTES);
    assertThat(refusal(concat(hello, hello))).isEqualTo(Reason.MORE_BYTES);
    assertThat(refusal(records(concat(HELLO, HELLO), 16_384))).isEqualTo(Reason.MORE_BYTES);
    FirstFlight flight = new FirstFlight();
    assertThat(flight.update(ByteBuffer.wrap(hello))).isEqualTo(Kind.COMPLETE);
    assertThat(flight.update(ByteBuffer.wrap(concat(hello, new byte[1]))))
        .isEqualTo(Kind.NOT_REPLAYABLE);
    assertThat(flight.reason()).isEqualTo(Reason.MORE_BYTES);
  }

  @Test
  void whatIsNotTlsIsKnownByItsFirstByte() {
    for (String text : List.of("G", "GET / HTTP/1.1\r\n", "SSH-2.0-OpenSSH\r\n", "\0")) {
      assertThat(refusal(text.getBytes(StandardCharsets.ISO_8859_1))).isEqualTo(Reason.NOT_TLS);
    }
    byte[] ofSslVersion2 = {(byte) 0x80, 0x2e, 1, 3, 1};
    assertThat(refusal(ofSslVersion2)).isEqualTo(Reason.NOT_TLS);
    assertThat(refusal(new byte[] {0x16, 2})).isEqualTo(Reason.NOT_TLS);
    assertThat(refusal(new byte[] {0x15, 3, 3, 0, 2, 1, 0})).isEqualTo(Reason.NOT_TLS);
  }

  @Test
  void sixteenKibibytesAreKeptAndNotOneMore() {
    assertThat(FirstFlight.kind(Hellos.ofLength(16_384))).isEqualTo(Kind.COMPLETE);
    assertThat(refusal(Hellos.ofLength(16_385))).isEqualTo(Reason.TOO_LONG);
    byte[] announced = Arrays.copyOf(Hellos.ofLength(16_385), 9);
    assertThat(refusal(announced)).as("known by the header alone").isEqualTo(Reason.TOO_LONG);
    byte[] inTinyRecords = records(message(extension(21, 4_000)), 1);
    assertThat(refusal(inTinyRecords)).isEqualTo(Reason.TOO_LONG);
  }

  @Test
  void whatNoServerWouldReadIsNotSentTwice() {
    byte[] good = records(HELLO, 16_384);
    assertThat(refusal(with(good, 5, 2))).as("a ServerHello").isEqualTo(Reason.MALFORMED);
    assertThat(refusal(with(good, 43, 33))).as("session").isEqualTo(Reason.MALFORMED);
    assertThat(refusal(with(good, 45, 3))).as("odd suites").isEqualTo(Reason.MALFORMED);
    assertThat(refusal(with(good, 45, 0))).as("no suites").isEqualTo(Reason.MALFORMED);
    assertThat(refusal(with(good, 48, 0))).as("compression").isEqualTo(Reason.MALFORMED);
    assertThat(refusal(with(good, 51, 1))).as("extensions").isEqualTo(Reason.MALFORMED);
    assertThat(refusal(with(good, 55, 99))).as("extension").isEqualTo(Reason.MALFORMED);
    byte[] emptyRecord = {0x16, 3, 1, 0, 0};
    assertThat(refusal(concat(emptyRecord, good))).isEqualTo(Reason.MALFORMED);
    assertThat(refusal(records(Hellos.handshake(1, new byte[0]), 99))).isEqualTo(Reason.MALFORMED);
  }

  private static byte[] with(byte[] bytes, int at, int value) {
    byte[] changed = bytes.clone();
    changed[at] = (byte) value;
    return changed;
  }

  @Test
  void bufferIsLeftAsItWas() {
    byte[] bytes = concat(new byte[7], records(HELLO, 30), new byte[9]);
    ByteBuffer kept = ByteBuffer.allocateDirect(bytes.length).put(bytes);
    kept.position(7).limit(bytes.length - 9);
    FirstFlight flight = new FirstFlight();
    assertThat(flight.update(kept)).isEqualTo(Kind.COMPLETE);
    assertThat(flight.length()).isEqualTo(bytes.length - 16);
    assertThat(kept.position()).isEqualTo(7);
    assertThat(kept.limit()).isEqualTo(bytes.length - 9);
  }

  @SeededTest(runs = 3000)
  void brokenBytesAreJudgedAlikeInWhateverSegmentsTheyCome(Random random) {
    byte[] bytes = broken(random);
    FirstFlight whole = new FirstFlight();
    Kind kind = whole.update(ByteBuffer.wrap(bytes));
    FirstFlight parts = new FirstFlight();
    for (int there = 0; there < bytes.length; there += 1 + random.nextInt(40)) {
      Kind before = parts.kind();
      Kind now = parts.update(ByteBuffer.wrap(bytes, 0, there));
      assertThat(before == Kind.INCOMPLETE || now != Kind.INCOMPLETE).isTrue();
    }
    assertThat(parts.update(ByteBuffer.wrap(bytes))).isEqualTo(kind);
    assertThat(whole.length()).isLessThanOrEqualTo(FirstFlight.MAX_BYTES);
    assertThat(kind == Kind.COMPLETE).isEqualTo(whole.length() == bytes.length && intact(whole));
  }

  private static boolean intact(FirstFlight flight) {
    return flight.reason() == Reason.NONE && flight.kind() != Kind.INCOMPLETE;
  }

  private static byte[] broken(Random random) {
    byte[] bytes = records(HELLO, 1 + random.nextInt(HELLO.length));
    switch (random.nextInt(4)) {
      case 0 -> {
        bytes = new byte[random.nextInt(300)];
        random.nextBytes(bytes);
      }
      case 1 -> bytes = Arrays.copyOf(bytes, random.nextInt(2 * bytes.length));
      default -> {
        for (int i = random.nextInt(4); i > 0; i--) {
          int at = random.nextInt(random.nextBoolean() ? 12 : bytes.length);
          bytes[at] = (byte) (random.nextBoolean() ? random.nextInt(256) : bytes[at] + 1);
        }
      }
    }
    return bytes;
  }
}
