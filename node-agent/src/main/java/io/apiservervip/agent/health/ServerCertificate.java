package io.apiservervip.agent.health;

import java.time.Instant;
import java.util.List;

/**
 * The certificate of one API server.
 *
 * @param names DNS names and IP addresses of the subject alternative names, in text
 */
public record ServerCertificate(List<String> names, Instant notAfter) {
  public ServerCertificate {
    names = List.copyOf(names);
  }
}
