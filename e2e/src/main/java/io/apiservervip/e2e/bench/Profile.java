package io.apiservervip.e2e.bench;

import io.apiservervip.e2e.router.GroupConfig;
import java.time.Duration;

/** A version of VRRP with an interval between adverts. */
enum Profile {
  V2_1S("v2, 1 s", 2, 1000),
  V3_100MS("v3, 100 ms", 3, 100),
  V3_10MS("v3, 10 ms", 3, 10);

  private final String title;
  private final int version;
  private final int intervalMillis;

  Profile(String title, int version, int intervalMillis) {
    this.title = title;
    this.version = version;
    this.intervalMillis = intervalMillis;
  }

  String title() {
    return title;
  }

  GroupConfig group() {
    return GroupConfig.of(version, Duration.ofMillis(intervalMillis));
  }
}
