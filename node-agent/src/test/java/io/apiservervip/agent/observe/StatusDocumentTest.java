package io.apiservervip.agent.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class StatusDocumentTest {
  @Test
  void activeAgentIsShownFieldByField() throws IOException {
    AgentView view =
        Samples.view(
            "IP protocol 112 is filtered", "spec.vrrp.virtualRouterId: 300 is not in 1..255");
    String json =
        StatusDocument.render(
            view, Alerts.of(view, null), Map.of("apiservervip.address.put_back", 2L));

    assertThat(json).isEqualTo(golden());
  }

  @Test
  void whatIsUnknownIsAbsent() {
    String json = StatusDocument.render(Samples.view(null, null), List.of(), Map.of());

    assertThat(json).doesNotContain("configError", "likelyCause", "null");
  }

  private static String golden() throws IOException {
    try (InputStream in = StatusDocumentTest.class.getResourceAsStream("status.json")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
