package io.apiservervip.agentapi;

import io.apiservervip.api.v1alpha1.AuthenticationSpec;
import io.apiservervip.api.v1alpha1.AuthenticationType;
import io.apiservervip.api.v1alpha1.VrrpSpec;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Rules within spec.vrrp. */
final class VrrpRules {
  private static final String VRRP = "spec.vrrp";

  private VrrpRules() {}

  static void check(VrrpSpec vrrp, Problems problems) {
    checkInterval(vrrp, problems);
    problems.unless(
        vrrp.preempt() || vrrp.preemptDelay().isZero(),
        VRRP + ".preemptDelay",
        null,
        "needs preempt: true; set it or remove preemptDelay");
    Duration lifetime = vrrp.addressLifetime();
    checkWholeSeconds(lifetime, VRRP + ".addressLifetime", problems);
    Duration refresh = vrrp.gratuitousArp().refresh();
    problems.unless(
        refresh.isZero() || refresh.compareTo(Duration.ofSeconds(1)) >= 0,
        VRRP + ".gratuitousArp.refresh",
        DurationText.format(refresh),
        "is neither 0s (never) nor at least 1s");
    checkAuthentication(vrrp.version(), vrrp.authentication(), problems);
  }

  static void checkWholeSeconds(@Nullable Duration value, String path, Problems problems) {
    if (value != null && !DurationText.wholeSeconds(value)) {
      problems.add(path, DurationText.format(value), "is not in whole seconds");
    }
  }

  private static void checkInterval(VrrpSpec vrrp, Problems problems) {
    Duration interval = vrrp.advertisementInterval();
    if (interval == null || AdvertisementIntervals.valid(vrrp.version(), interval)) {
      return;
    }
    problems.add(
        VRRP + ".advertisementInterval",
        DurationText.format(interval),
        vrrp.version() == 2
            ? "is not in whole seconds, 1s..255s (version 2); change it or set version: 3"
            : "is not in 10ms..40.95s in steps of 10ms (version 3)");
  }

  private static void checkAuthentication(
      int version, AuthenticationSpec authentication, Problems problems) {
    String path = VRRP + ".authentication";
    boolean inline = authentication.password() != null;
    boolean secret = authentication.passwordSecretRef() != null;
    boolean wanted = authentication.type() == AuthenticationType.PASSWORD;
    problems.unless(
        version == 2 || !wanted,
        path + ".type",
        null,
        "Password needs version 2, because version 3 has no authentication;"
            + " set version: 2 or type: None");
    problems.unless(
        !wanted || inline != secret,
        path,
        null,
        "type Password needs exactly one of password and passwordSecretRef");
    problems.unless(wanted || !(inline || secret), path, null, "a password needs type: Password");
  }
}
