package io.apiservervip.e2e.proxybench;

import io.apiservervip.e2e.bench.Machine;
import io.apiservervip.e2e.router.AgentProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The agent's proxy and haproxy under the same load: one run, one table. */
@Command(
    name = "bench/proxy",
    mixinStandardHelpOptions = true,
    description = {
      "The node agent's proxy and Debian's haproxy on the same host, under the same load, as a table.",
      "Wants a machine that does nothing else: client, proxy and backends share its cores."
    })
public final class ProxyBench implements Callable<Integer> {
  @Option(
      names = "--rounds",
      defaultValue = "5",
      description = "how often everything is measured (${DEFAULT-VALUE})")
  int rounds;

  @Option(
      names = "--seconds",
      defaultValue = "5",
      description =
          "length of one measurement, after 2 s of warm-up, 10 s for new connections (${DEFAULT-VALUE})")
  double seconds;

  @Option(names = "--quick", description = "one round of 2 s each: a glance, no figures to quote")
  boolean quick;

  @Option(names = "--measures", split = ",", description = "some of ${COMPLETION-CANDIDATES} (all)")
  List<Measure> measures = List.of(Measure.values());

  @Option(names = "--only", description = "ours or haproxy")
  Optional<String> only = Optional.empty();

  @Option(
      names = "--loss-rounds",
      defaultValue = "3",
      description = "rounds in which an API server is lost, 0 for none (${DEFAULT-VALUE})")
  int lossRounds;

  @Option(names = "--json", description = "also write each measurement as a line of JSON")
  Optional<Path> json = Optional.empty();

  @Option(names = "--root", hidden = true, defaultValue = ".")
  Path root = Path.of(".");

  public static void main(String[] arguments) {
    System.exit(
        new CommandLine(new ProxyBench())
            .setCaseInsensitiveEnumValuesAllowed(true)
            .execute(arguments));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Machine machine = new Machine();
    Path base = root.toAbsolutePath().normalize();
    AgentBalancer ours = new AgentBalancer(AgentProgram.in(base));
    List<Balancer> proxies = proxies(ours);
    List<Balancer> programs = new ArrayList<>(List.of(new Balancer.Direct()));
    programs.addAll(proxies);
    Journal journal = new Journal();
    Campaign campaign = new Campaign(programs, measures, pace(), journal);
    LossCampaign losses =
        new LossCampaign(
            proxies.stream().filter(Balancer::takesLosses).toList(),
            quick ? Math.min(1, lossRounds) : lossRounds,
            Duration.ofSeconds(quick ? 4 : 12),
            journal);
    try (Stand stand = Stand.open(base)) {
      campaign.run(stand);
      losses.run(stand);
    }
    ProxyTable table = new ProxyTable(campaign.samples(), ours.name(), Balancer.Direct.NAME);
    System.out.println(table.markdown());
    System.out.println(new LossTable(losses.samples()).markdown());
    System.out.println(machine.describe(Machine.version("haproxy", "-v")));
    journal.lost().forEach(line -> System.out.println("Lost: " + line));
    if (json.isPresent()) {
      Stream<String> loads = campaign.samples().stream().map(Sample::json);
      Stream<String> lines = losses.samples().stream().map(LossSample::json);
      Files.write(json.get(), Stream.concat(loads, lines).toList());
    }
    return journal.lost().isEmpty() ? 0 : 1;
  }

  private Campaign.Pace pace() {
    return quick ? new Campaign.Pace(1, 2, 1) : new Campaign.Pace(rounds, seconds, 2);
  }

  private List<Balancer> proxies(AgentBalancer ours) throws IOException {
    List<Balancer> programs = new ArrayList<>();
    if (!only.equals(Optional.of("ours"))) {
      programs.add(new HaproxyProgram(HaproxyProgram.Relay.SPLICE));
      programs.add(new HaproxyProgram(HaproxyProgram.Relay.COPY));
    }
    if (!only.equals(Optional.of("haproxy"))) {
      if (!ours.program().built()) {
        throw new IOException(
            ours.program().binary() + " is missing: build it, or use --only haproxy");
      }
      programs.add(ours);
    }
    return programs;
  }
}
