package io.apiservervip.agentapi;

import io.apiservervip.api.v1alpha1.AcceptFrom;
import io.apiservervip.api.v1alpha1.Password;
import io.apiservervip.api.v1alpha1.Transport;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What all routers of a group must agree on.
 *
 * @param version 3 (RFC 9568) or 2 (RFC 3768)
 * @param virtualRouterId 1..255, unique in the layer 2 segment
 * @param advertisementInterval version 3: 10 ms..40.95 s in steps of 10 ms; version 2: 1..255 s
 * @param password null: no authentication; version 2 only
 */
public record VrrpGroupConfig(
    int version,
    int virtualRouterId,
    Duration advertisementInterval,
    Transport transport,
    AcceptFrom acceptFrom,
    @Nullable Password password) {

  public VrrpGroupConfig {
    Require.range("version", version, 2, 3);
    Require.range("virtualRouterId", virtualRouterId, 1, 255);
    Require.that(
        AdvertisementIntervals.valid(version, advertisementInterval),
        "advertisementInterval: "
            + DurationText.format(advertisementInterval)
            + " is not "
            + AdvertisementIntervals.range(version));
    Require.that(password == null || version == 2, "password: version 3 has no authentication");
  }
}
