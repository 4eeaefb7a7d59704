package io.apiservervip.operator.reconcile;

import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.util.Objects;

/** What the API server says when it refuses something, for people. */
final class Refusals {
  private static final int MAX_WORDS = 600;

  private Refusals() {}

  /** Whether only a person can change it: the request was understood and is not allowed. */
  static boolean isForbidden(KubernetesClientException e) {
    return e.getCode() == HttpURLConnection.HTTP_FORBIDDEN;
  }

  /** The server's own words; behind them the remedy where a permission is missing. */
  static String words(KubernetesClientException e) {
    String said = e.getStatus() == null ? e.getMessage() : e.getStatus().getMessage();
    String words = Objects.requireNonNullElse(said, "status " + e.getCode()).strip();
    String shown = words.length() > MAX_WORDS ? words.substring(0, MAX_WORDS) + "..." : words;
    return isForbidden(e) && shown.contains("cannot ")
        ? shown + "; grant it: apply the chart or the manifests of this release again"
        : shown;
  }
}
