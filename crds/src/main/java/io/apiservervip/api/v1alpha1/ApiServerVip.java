package io.apiservervip.api.v1alpha1;

import org.jspecify.annotations.Nullable;

/** The resource: what the user wants, and what operator and agents report. */
public record ApiServerVip(
    String apiVersion,
    String kind,
    Metadata metadata,
    ApiServerVipSpec spec,
    @Nullable ApiServerVipStatus status) {

  /** Group and version of the API. */
  public static final String API_VERSION = "apiservervip.io/v1alpha1";

  /** Kind of the resource. */
  public static final String KIND = "ApiServerVip";
}
