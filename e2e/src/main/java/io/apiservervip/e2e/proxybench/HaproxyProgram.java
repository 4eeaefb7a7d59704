package io.apiservervip.e2e.proxybench;

import io.apiservervip.e2e.lab.Capability;
import io.apiservervip.e2e.lab.LabProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Debian's haproxy in TCP mode, with or without splice. */
record HaproxyProgram(Relay relay) implements Balancer {

  /** How it moves bytes. */
  enum Relay {
    SPLICE("haproxy, splice", "option splice-auto"),
    COPY("haproxy, copy", "no option splice-auto");

    private final String title;
    private final String option;

    Relay(String title, String option) {
      this.title = title;
      this.option = option;
    }
  }

  @Override
  public String name() {
    return relay.title;
  }

  @Override
  public boolean takes(Measure measure) {
    return relay == Relay.SPLICE || measure.moves();
  }

  @Override
  public boolean takesLosses() {
    return relay == Relay.SPLICE;
  }

  @Override
  public Optional<LabProcess> start(Stand stand) throws IOException {
    Path file = stand.lab().directory().resolve("haproxy.cfg");
    Files.writeString(file, HaproxyConfig.text(relay.option, stand.backends()));
    List<String> command = List.of("haproxy", "-db", "-f", file.toString());
    return Optional.of(
        stand.lab().start(stand.proxy(), "haproxy-" + relay, command, Capability.AGENT));
  }
}
