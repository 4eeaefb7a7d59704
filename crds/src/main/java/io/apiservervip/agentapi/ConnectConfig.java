package io.apiservervip.agentapi;

import java.time.Duration;

/**
 * From a client's SYN to the first byte of an answer.
 *
 * @param hedgeDelay zero: never
 * @param firstResponseTimeout zero: never
 * @param firstByteTimeout the client must send something this soon
 */
public record ConnectConfig(
    Duration connectTimeout,
    Duration hedgeDelay,
    Duration firstResponseTimeout,
    Duration firstByteTimeout) {
  public ConnectConfig {
    Require.positive("connectTimeout", connectTimeout);
    Require.notNegative("hedgeDelay", hedgeDelay);
    Require.notNegative("firstResponseTimeout", firstResponseTimeout);
    Require.positive("firstByteTimeout", firstByteTimeout);
  }
}
