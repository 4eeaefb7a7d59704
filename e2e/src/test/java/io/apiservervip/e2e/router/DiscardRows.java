package io.apiservervip.e2e.router;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.apiservervip.e2e.lab.Capture;
import io.apiservervip.e2e.lab.Host;
import java.util.List;
import java.util.Map;

/** Rows in which the third member sends adverts that must not matter, and one that must. */
final class DiscardRows {
  /** Offsets in the datagram: IP time to live, type, VRID, and the interval's two bytes. */
  private static final int TTL = 8;

  private static final int VERSION_AND_TYPE = 20;
  private static final int INTERVAL = 24;

  private DiscardRows() {}

  private static byte[] advert(InteropStage stage, int priority, CraftedAdvert.Checksum form) {
    return CraftedAdvert.of(
        stage.lab().host("cp-3").ipv4(),
        stage.config().address(),
        stage.config().virtualRouterId(),
        priority,
        10,
        form);
  }

  private static byte[] changed(byte[] advert, int offset, int value) {
    byte[] copy = advert.clone();
    copy[offset] = (byte) value;
    return copy;
  }

  /** Sends the adverts in turn from cp-3, one every 50 ms, for 3 s. */
  private static void send(InteropStage stage, List<byte[]> adverts) throws Exception {
    Host member = stage.lab().host("cp-3");
    for (int i = 0; i < 60; i++) {
      member.namespace().sendIpv4(adverts.get(i % adverts.size()));
      Thread.sleep(50);
    }
  }

  /** Garbage twice an interval: ours goes on at its own pace, stays Active, and counts it. */
  static void garbageLeavesTheCadence(InteropStage stage) throws Exception {
    stage.oursActive();
    byte[] good = advert(stage, 250, CraftedAdvert.Checksum.PSEUDO_HEADER);
    byte[] interval = changed(good, INTERVAL + 1, 0);
    Map<String, byte[]> garbage =
        Map.of(
            "bad_checksum", advert(stage, 250, CraftedAdvert.Checksum.WRONG),
            "bad_ttl", changed(good, TTL, 254),
            "bad_type", changed(good, VERSION_AND_TYPE, 0x32),
            "bad_version", changed(good, VERSION_AND_TYPE, 0x41),
            "version_mismatch", changed(good, VERSION_AND_TYPE, 0x21));
    Capture capture = stage.adverts(stage.lab().host("cp-2"));
    long from = System.nanoTime();
    send(stage, List.copyOf(garbage.values()));
    send(stage, List.of(interval));
    long tenths = (System.nanoTime() - from) / 100_000_000;
    // an advert every 100 ms; a tenth of them may fall out of the window at its ends
    assertThat((long) capture.stop().size()).isBetween(tenths * 9 / 10, tenths * 11 / 10);
    stage.holders("cp-2");
    JsonNode counters = AgentStatus.document(stage.lab().host("cp-2")).required("counters");
    for (String reason : garbage.keySet()) {
      assertThat(rejected(counters, reason)).as(reason).isGreaterThanOrEqualTo(10);
    }
  }

  static int rejected(JsonNode counters, String reason) {
    return counters.path("apiservervip.vrrp.adverts.rejected{reason=" + reason + "}").asInt();
  }

  /** Theirs is Active; priority 0 of the third member makes nobody take over. */
  static void thirdResignsWhileTheirsIsActive(InteropStage stage) throws Exception {
    stage.theirsActive();
    int before = transitions(stage);
    send(stage, List.of(advert(stage, 0, CraftedAdvert.Checksum.PSEUDO_HEADER)));
    stage.holders("cp-1");
    assertThat(transitions(stage)).isEqualTo(before);
  }

  /** Ours is Active; priority 0 of the third member leaves it so. */
  static void thirdResignsWhileOursIsActive(InteropStage stage) throws Exception {
    stage.oursActive();
    int before = transitions(stage);
    send(stage, List.of(advert(stage, 0, CraftedAdvert.Checksum.PSEUDO_HEADER)));
    stage.holders("cp-2");
    assertThat(transitions(stage)).isEqualTo(before);
  }

  /** A member that computes the checksum without the pseudo-header keeps the address. */
  static void messageOnlyChecksum(InteropStage stage) throws Exception {
    Router ours = stage.pair(KeepalivedConfig.Extras.NONE, stage.config(), 200, 100).ours();
    byte[] advert = advert(stage, 200, CraftedAdvert.Checksum.MESSAGE_ONLY);
    ours.start();
    send(stage, List.of(advert));
    assertThat(stage.watch().holders()).isEmpty();
    JsonNode counters = AgentStatus.document(ours.host()).required("counters");
    assertThat(counters.toString()).contains("adverts.received{form=message_only}");
    stage.holders("cp-2");
  }

  private static int transitions(InteropStage stage) throws Exception {
    return AgentStatus.document(stage.lab().host("cp-2")).required("transitions").asInt();
  }
}
