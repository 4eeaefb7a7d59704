package io.apiservervip.e2e.proxybench;

/**
 * One number of a measurement, as the table shows it.
 *
 * @param key its name in the figures of the load tool
 * @param scale what it is multiplied with
 * @param decimals that are shown
 */
record Metric(String key, String title, Better better, double scale, int decimals) {

  /** Which of two is to be preferred. */
  enum Better {
    HIGHER,
    LOWER,
    /** Told without a ratio. */
    NEITHER
  }

  static Metric higher(String key, String title, int decimals) {
    return new Metric(key, title, Better.HIGHER, 1, decimals);
  }

  static Metric lower(String key, String title, int decimals) {
    return new Metric(key, title, Better.LOWER, 1, decimals);
  }

  static Metric neither(String key, String title, int decimals) {
    return new Metric(key, title, Better.NEITHER, 1, decimals);
  }

  /** Of what the tool tells in kB, in MB. */
  static Metric megabytes(String key, String title) {
    return new Metric(key, title, Better.LOWER, 1 / 1024.0, 1);
  }
}
