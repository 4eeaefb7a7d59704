package io.apiservervip.e2e.bench;

import io.apiservervip.e2e.lab.HolderWatch;
import io.apiservervip.e2e.lab.Lab;
import io.apiservervip.e2e.probe.ConnectionProbe;
import io.apiservervip.e2e.probe.EchoBackends;
import io.apiservervip.e2e.router.AgentProgram;
import io.apiservervip.e2e.router.KeepalivedProgram;
import io.apiservervip.e2e.router.RouterProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** How long clients get no answer when the holder of the address fails: ours and keepalived. */
@Command(
    name = "bench/failover",
    mixinStandardHelpOptions = true,
    description = "Fail-over of the node agent and of keepalived on the same hosts, as a table.")
public final class FailoverBench implements Callable<Integer> {
  private static final String ADDRESS = "10.99.0.50";
  private static final int PORT = 6443;

  private static final int BLOCK = 5;

  @Option(
      names = "--rounds",
      defaultValue = "10",
      description = "rounds of each fault with version 3 (${DEFAULT-VALUE})")
  int rounds;

  @Option(
      names = "--rounds-v2",
      defaultValue = "3",
      description = "the same with version 2, which takes seconds each (${DEFAULT-VALUE})")
  int roundsV2;

  @Option(
      names = "--profiles",
      split = ",",
      defaultValue = "V2_1S,V3_100MS,V3_10MS",
      description = "any of ${COMPLETION-CANDIDATES}")
  List<Profile> profiles = List.of();

  @Option(
      names = "--faults",
      split = ",",
      defaultValue = "NONE,KILL,SILENT_CUT,LINK_DOWN,STOP,FREEZE",
      description = "any of ${COMPLETION-CANDIDATES}")
  List<Fault> faults = List.of();

  @Option(names = "--only", description = "ours or keepalived")
  Optional<String> only = Optional.empty();

  @Option(names = "--json", description = "also write each round as a line of JSON to this file")
  Optional<Path> json = Optional.empty();

  @Option(names = "--root", hidden = true, defaultValue = ".")
  Path root = Path.of(".");

  public static void main(String[] arguments) {
    System.exit(
        new CommandLine(new FailoverBench())
            .setCaseInsensitiveEnumValuesAllowed(true)
            .execute(arguments));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Machine machine = new Machine();
    List<Block> blocks = blocks(programs());
    Results results =
        new Results(blocks.stream().mapToInt(b -> b.rounds() * b.faults().size()).sum());
    try (Lab lab = Lab.open(3);
        EchoBackends backends = EchoBackends.start(lab, PORT);
        HolderWatch watch = lab.watch(ADDRESS);
        ConnectionProbe probe =
            ConnectionProbe.start(
                lab.client().namespace(), ADDRESS, backends.port(), Duration.ofMillis(5))) {
      RoundRunner runner = new RoundRunner(lab, watch, probe);
      for (Block block : blocks) {
        block.run(lab, watch, runner, results);
      }
    }
    System.out.print(BenchTable.markdown(results.rounds()));
    System.out.println(machine.describe(Machine.version("keepalived", "--version")));
    results.lost().forEach(line -> System.out.println("Round lost: " + line));
    if (json.isPresent()) {
      Files.write(json.get(), results.rounds().stream().map(BenchTable::json).toList());
    }
    return results.lost().isEmpty() ? 0 : 1;
  }

  /** The programs take turns, a few rounds each, so that a busy time of the machine meets both. */
  private List<Block> blocks(List<RouterProgram> programs) {
    List<Block> blocks = new ArrayList<>();
    for (Profile profile : profiles) {
      int all = profile == Profile.V2_1S ? roundsV2 : rounds;
      for (int done = 0; done < all; done += BLOCK) {
        for (RouterProgram program : programs) {
          blocks.add(new Block(program, profile, faults, Math.min(BLOCK, all - done)));
        }
      }
    }
    return blocks;
  }

  private List<RouterProgram> programs() throws IOException {
    List<RouterProgram> programs = new ArrayList<>();
    AgentProgram ours = AgentProgram.in(root.toAbsolutePath().normalize());
    if (!only.equals(Optional.of("keepalived"))) {
      if (!ours.built()) {
        throw new IOException(ours.binary() + " is missing: build it, or use --only keepalived");
      }
      programs.add(ours);
    }
    if (!only.equals(Optional.of("ours"))) {
      programs.add(new KeepalivedProgram());
    }
    return programs;
  }
}
