package io.apiservervip.agent.router;

import java.net.InetAddress;
import java.util.List;
import java.util.Set;

/** Writes down when it was called, in a log that others write to as well. */
record RecordingCompanion(List<String> log) implements AddressCompanion {
  @Override
  public void arriving(Set<InetAddress> addresses) {
    log.add("arriving " + text(addresses));
  }

  @Override
  public void leaving(Set<InetAddress> addresses) {
    log.add("leaving " + text(addresses));
  }

  @Override
  public void gone(Set<InetAddress> addresses) {
    log.add("gone " + text(addresses));
  }

  private static List<String> text(Set<InetAddress> addresses) {
    return addresses.stream().map(InetAddress::getHostAddress).toList();
  }
}
