package io.apiservervip.e2e.proxybench;

import io.apiservervip.e2e.load.Figures;

/** What one measurement of one program found in one round. */
record Sample(int round, String program, Measure measure, Figures figures) {

  /** A line of JSON. */
  String json() {
    return "{\"round\":%d,\"program\":\"%s\",\"measure\":\"%s\",\"figures\":%s}"
        .formatted(round, program, measure, figures.json());
  }
}
