package io.apiservervip.agent.vrrp;

import static io.apiservervip.agent.vrrp.ChecksumForm.MESSAGE_ONLY;
import static io.apiservervip.agent.vrrp.ChecksumForm.OLD_UNICAST;
import static io.apiservervip.agent.vrrp.ChecksumForm.PSEUDO_HEADER;
import static io.apiservervip.agent.vrrp.Packets.ip;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import org.junit.jupiter.api.Test;

class ChecksumFormsTest {
  private final ChecksumForms forms = new ChecksumForms(Version.V3);

  @Test
  void senderInAnotherFormIsNewsOnce() {
    assertThat(forms.heard(ip("10.0.0.1"), PSEUDO_HEADER)).isFalse();
    assertThat(forms.heard(ip("10.0.0.2"), MESSAGE_ONLY)).isTrue();
    assertThat(forms.heard(ip("10.0.0.2"), MESSAGE_ONLY)).isFalse();
    assertThat(forms.heard(ip("10.0.0.2"), OLD_UNICAST)).isTrue();
    assertThat(forms.differing()).containsExactly(entry(ip("10.0.0.2"), OLD_UNICAST));
  }

  @Test
  void senderThatReturnsToOurFormNoLongerDiffers() {
    forms.heard(ip("10.0.0.2"), MESSAGE_ONLY);
    assertThat(forms.heard(ip("10.0.0.2"), PSEUDO_HEADER)).isFalse();
    assertThat(forms.differing()).isEmpty();
  }

  @Test
  void messageOnlyIsTheFormOfVersion2() {
    assertThat(new ChecksumForms(Version.V2).heard(ip("10.0.0.1"), MESSAGE_ONLY)).isFalse();
  }

  @Test
  void onlyTheSixtyFourSendersHeardLastAreKept() {
    forms.heard(ip("10.0.0.1"), MESSAGE_ONLY);
    for (int i = 0; i < 200; i++) {
      forms.heard(ip("10.0.1." + i), MESSAGE_ONLY);
      forms.heard(ip("10.0.0.1"), MESSAGE_ONLY);
    }
    assertThat(forms.differing()).hasSize(64).containsKey(ip("10.0.0.1"));
  }
}
