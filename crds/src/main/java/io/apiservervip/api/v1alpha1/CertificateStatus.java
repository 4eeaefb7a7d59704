package io.apiservervip.api.v1alpha1;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Certificate of one API server. */
public record CertificateStatus(
    String backend, @Nullable String notAfter, @Nullable List<String> missing) {
  public CertificateStatus {
    missing = missing == null ? null : List.copyOf(missing);
  }
}
