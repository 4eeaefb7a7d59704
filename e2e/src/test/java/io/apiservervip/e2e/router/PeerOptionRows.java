package io.apiservervip.e2e.router;

import static org.assertj.core.api.Assertions.assertThat;

import io.apiservervip.e2e.lab.Capture;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Rows in which keepalived is configured in a way of its own: keepalived.conf(5). */
final class PeerOptionRows {
  private PeerOptionRows() {}

  private static InteropStage.Pair pair(
      InteropStage stage, KeepalivedConfig.Extras extras, int theirs, int ours) throws Exception {
    return stage.pair(extras, stage.config(), theirs, ours);
  }

  private static KeepalivedConfig.Extras lines(String... lines) {
    return new KeepalivedConfig.Extras("", List.of(lines));
  }

  /** Ours is Backup to such a peer and takes over from it; then the peer takes over from ours. */
  static void bothWays(InteropStage stage, KeepalivedConfig.Extras extras) throws Exception {
    InteropStage.Pair pair = stage.theirsActive(pair(stage, extras, 200, 100));
    pair.theirs().stop();
    stage.holders("cp-2");
    pair.theirs().start();
    stage.calm();
    stage.holders("cp-2");
    assertThat(pair.ours().stop()).isZero();
    stage.holders("cp-1");
  }

  static void oldUnicastChecksum(InteropStage stage) throws Exception {
    InteropStage.Pair pair =
        stage.theirsActive(pair(stage, lines("old_unicast_checksum"), 200, 100));
    assertThat(AgentStatus.document(pair.ours().host()).required("counters").toString())
        .contains("adverts.received{form=old_unicast}");
    pair.theirs().stop();
    stage.holders("cp-2");
  }

  static void unicastTimeToLive(InteropStage stage) throws Exception {
    Capture capture = stage.adverts(stage.lab().host("cp-1"));
    bothWays(stage, lines("unicast_ttl 64"));
    assertThat(capture.stop()).isNotEmpty().allMatch(line -> line.contains("ttl 64"));
  }

  /** Theirs speaks from a virtual MAC on a macvlan interface. */
  static void virtualMac(InteropStage stage) throws Exception {
    Capture capture =
        stage.lab().capture(stage.lab().host("cp-1"), "ether src 00:00:5e:00:01:33 and proto 112");
    bothWays(stage, lines("use_vmac", "vmac_xmit_base"));
    capture.stop();
  }

  /** A tracked file takes 150 from the priority of theirs, 200: ours, 100, takes over. */
  static void trackedFile(InteropStage stage) throws Exception {
    Path file = stage.lab().directory().resolve("tracked");
    Files.writeString(file, "0\n");
    KeepalivedConfig.Extras extras =
        new KeepalivedConfig.Extras(
            "track_file health {\n  file " + file + "\n  weight 1\n}\n",
            List.of("track_file {", "  health weight 1", "}"));
    stage.theirsActive(pair(stage, extras, 200, 100));
    Files.writeString(file, "-150\n");
    stage.holders("cp-2");
    Files.writeString(file, "0\n");
    stage.holders("cp-1");
  }

  /** Theirs runs 63 further virtual routers on the interface. */
  static void crowd(InteropStage stage) throws Exception {
    String others =
        IntStream.rangeClosed(1, 64)
            .filter(id -> id != stage.config().virtualRouterId())
            .mapToObj(
                id ->
                    """
                    vrrp_instance crowd%1$d {
                      state BACKUP
                      interface eth0
                      virtual_router_id %1$d
                      priority 100
                      advert_int 0.1
                      virtual_ipaddress {
                        10.99.1.%1$d
                      }
                    }
                    """
                        .formatted(id))
            .collect(Collectors.joining());
    bothWays(stage, new KeepalivedConfig.Extras(others, List.of()));
  }

  /** Ours lists one address more than theirs, or one less. */
  static void addressListDiffers(InteropStage stage, List<String> theirs) throws Exception {
    InteropStage.Pair pair =
        stage.pair(KeepalivedConfig.Extras.NONE, stage.config().withAddresses(theirs), 200, 100);
    stage.theirsActive(pair);
    assertThat(AgentStatus.document(pair.ours().host()).required("warnings").toString())
        .contains("address");
    pair.theirs().stop();
    stage.holders("cp-2");
  }
}
