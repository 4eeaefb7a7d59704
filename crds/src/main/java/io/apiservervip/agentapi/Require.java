package io.apiservervip.agentapi;

import java.time.Duration;

/** Argument checks of the compact constructors; every message names the field and the range. */
final class Require {
  private Require() {}

  static void that(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }

  static void range(String field, long value, long least, long most) {
    that(
        value >= least && value <= most,
        field + ": " + value + " is not in " + least + ".." + most);
  }

  static void port(String field, int value) {
    range(field, value, 1, 65_535);
  }

  static void notNegative(String field, Duration value) {
    that(!value.isNegative(), field + ": " + value + " is negative");
  }

  static void positive(String field, Duration value) {
    that(value.isPositive(), field + ": " + value + " is not positive");
  }
}
