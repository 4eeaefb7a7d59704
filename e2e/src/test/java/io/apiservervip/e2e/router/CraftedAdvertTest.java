package io.apiservervip.e2e.router;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class CraftedAdvertTest {
  @Test
  void advertIsTheOneThatKeepalivedPutsOnTheWire() {
    byte[] advert =
        CraftedAdvert.of(
            "10.0.1.1", "10.0.1.50", 51, 255, 100, CraftedAdvert.Checksum.PSEUDO_HEADER);

    assertThat(HexFormat.of().formatHex(advert))
        .isEqualTo("45c0002000010000ff70cf990a000101e00000123133ff010064d8a40a000132");
  }
}
