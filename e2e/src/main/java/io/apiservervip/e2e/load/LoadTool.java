package io.apiservervip.e2e.load;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command line of the load tool: a backend, and one command for each kind of load. */
@Command(
    name = "bench/load",
    mixinStandardHelpOptions = true,
    description = {
      "A backend and clients that load a TCP proxy; each client prints one line of figures.",
      "Many new connections a second want in the namespaces of client and proxy:",
      "sysctl -w net.ipv4.tcp_tw_reuse=1 net.ipv4.ip_local_port_range='1024 65535'"
    })
public final class LoadTool implements Runnable {
  private final Native system = new Native();

  @Spec CommandSpec spec = CommandSpec.create();

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new LoadTool()).execute(arguments));
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Which command? See --help.");
  }

  @Command(
      mixinStandardHelpOptions = true,
      description = "The backend, for all kinds of load on one port; runs until it is killed.")
  void serve(
      @Option(names = "--port", defaultValue = "7000", description = "(${DEFAULT-VALUE})")
          int port) {
    try (Server server = new Server(system, port)) {
      server.run();
    }
  }

  @Command(
      mixinStandardHelpOptions = true,
      description = "Bytes without end: gb_s (1e9 bytes), cpu_s_per_gb.")
  void stream(
      @Mixin Aim aim,
      @Option(names = "--up", description = "from the client to the backend") boolean up) {
    print(new StreamLoad(system, opener(aim), aim.window(), aim.connections, up));
  }

  @Command(
      mixinStandardHelpOptions = true,
      description = "Small requests on kept connections, each as soon as it can be.")
  void requests(@Mixin Aim aim) {
    print(new RequestLoad(system, opener(aim), aim.window(), aim.connections, aim.bytes));
  }

  @Command(
      mixinStandardHelpOptions = true,
      description = "Small requests on kept connections at a fixed rate: the time of each.")
  void paced(
      @Mixin Aim aim,
      @Option(names = "--rate", defaultValue = "2000", description = "a second (${DEFAULT-VALUE})")
          int rate) {
    PacedLoad.Request request = new PacedLoad.Request(aim.bytes, rate);
    print(new PacedLoad(system, opener(aim), aim.window(), aim.connections, request));
  }

  @Command(
      mixinStandardHelpOptions = true,
      description = "New connections, each for one small request.")
  void connects(@Mixin Aim aim) {
    print(new ConnectLoad(system, aim.to, aim.window(), aim.connections, aim.bytes));
  }

  @Command(
      mixinStandardHelpOptions = true,
      description = "Connections that stay open and silent for --seconds: memory of --pid.")
  void idle(@Mixin Aim aim) {
    print(new IdleLoad(system, opener(aim), aim.connections, aim.seconds, aim.process()));
  }

  private Opener opener(Aim aim) {
    return new Opener(system, aim.to);
  }

  private static void print(Load load) {
    System.out.println(load.run());
  }
}
