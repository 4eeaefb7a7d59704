package io.apiservervip.agent;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What {@code run} was told.
 *
 * @param statusAddress in place of the document's; null to follow the document
 * @param statusAuthFile who may read the status port; null: everybody
 */
record RunOptions(
    Mode mode,
    String node,
    Path stateDir,
    @Nullable InetSocketAddress statusAddress,
    @Nullable Path statusAuthFile) {

  /** Where the document comes from. */
  sealed interface Mode {}

  /** A manifest in a file. */
  record FileMode(Path config) implements Mode {}

  /**
   * The operator's document.
   *
   * @param namespace the operator's
   */
  record ClusterMode(String vip, String namespace) implements Mode {}
}
