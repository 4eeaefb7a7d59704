package io.apiservervip.agent.observe;

import java.net.InetAddress;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What a client of the status port asks.
 *
 * @param query the raw part behind the question mark
 * @param authorization the header of that name
 */
record StatusRequest(
    String path, @Nullable String query, InetAddress client, @Nullable String authorization) {

  /** The query has this word, alone or with a value. */
  boolean asks(String word) {
    return query != null
        && Arrays.stream(query.split("&", 16))
            .anyMatch(part -> part.equals(word) || part.startsWith(word + "="));
  }
}
