package io.apiservervip.agent.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import io.apiservervip.agent.vrrp.Advertisement;
import io.apiservervip.agent.vrrp.AdvertisementInterval;
import io.apiservervip.agent.vrrp.Authentication;
import io.apiservervip.agent.vrrp.Cast;
import io.apiservervip.agent.vrrp.ChecksumForm;
import io.apiservervip.agent.vrrp.Priority;
import io.apiservervip.agent.vrrp.Reception;
import io.apiservervip.agent.vrrp.Rejection;
import io.apiservervip.agent.vrrp.Verdict;
import io.apiservervip.agent.vrrp.Version;
import io.apiservervip.agent.vrrp.Vrid;
import java.util.List;
import org.junit.jupiter.api.Test;

class VridFindingTest {
  private static Finding of(HeardAdvert... heard) {
    return VridFinding.of(
        Nodes.settings(Cast.MULTICAST, "10.99.0.50"), List.of(heard), "51, 52, 53", 5);
  }

  private static Advertisement advert(int vrid, String virtual) {
    return new Advertisement(
        Version.V2,
        new Vrid(vrid),
        new Priority(100),
        new AdvertisementInterval(100),
        List.of(Nodes.ip(virtual)),
        new Authentication.None());
  }

  @Test
  void anIdThatNobodyUsesIsOk() {
    assertThat(of())
        .isEqualTo(
            Finding.ok("virtual router id 50", "nobody uses it, as far as 5 s of listening tell"));
  }

  @Test
  void aStrangerIsNamedWithVersionAndAddressesAndFreeIds() {
    HeardAdvert heard =
        new HeardAdvert(
            Nodes.ip("10.99.0.200"),
            advert(50, "10.99.0.99"),
            new Reception.Rejected(Rejection.VERSION_MISMATCH, 50, true));
    assertThat(of(heard))
        .isEqualTo(
            Finding.fail(
                "virtual router id 50",
                "in use by 10.99.0.200 (version 2, priority 100, addresses 10.99.0.99,"
                    + " version_mismatch)",
                "set spec.vrrp.virtualRouterId to a free one (51, 52, 53), or make that group's"
                    + " version, password and addresses the same"));
  }

  @Test
  void aStrangerWithAnotherIdIsNothing() {
    HeardAdvert heard =
        new HeardAdvert(
            Nodes.ip("10.99.0.200"),
            advert(7, "10.99.0.99"),
            new Reception.Rejected(Rejection.UNKNOWN_VRID, 7, true));
    assertThat(of(heard).result()).isEqualTo(Result.OK);
  }

  @Test
  void theOwnGroupIsNamed() {
    HeardAdvert heard =
        new HeardAdvert(
            Nodes.ip("10.99.0.12"),
            advert(50, "10.99.0.50"),
            new Verdict.Admitted(
                advert(50, "10.99.0.50"), ChecksumForm.MESSAGE_ONLY, false, false));
    assertThat(of(heard))
        .isEqualTo(
            Finding.ok(
                "virtual router id 50",
                "this group's: cp-2 (10.99.0.12) advertises with priority 100"));
  }

  @Test
  void whatTheGroupWouldDiscardForItsWayIsAWarning() {
    HeardAdvert heard =
        new HeardAdvert(
            Nodes.ip("10.99.0.12"),
            advert(50, "10.99.0.50"),
            new Reception.Rejected(Rejection.WRONG_CAST, 50, true));
    assertThat(of(heard).result()).isEqualTo(Result.WARN);
    assertThat(of(heard).seen()).contains("wrong_cast");
  }
}
