package io.apiservervip.agent;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.TypeConversionException;

/**
 * The plain form of {@code run}, {@code --name value} or {@code --name=value}, read without
 * picocli: its classes are of Java 5, so the JVM keeps them out of its cache of loaded classes, and
 * they cost a fifth of a second at each start. Whatever is not plain is left to {@link RunCommand}.
 */
final class RunArguments {
  static final List<String> PLAIN =
      List.of("--config", "--node", "--state-dir", "--status-address");

  private RunArguments() {}

  /** Empty where picocli has to look: another command, help, another option, a fault. */
  static Optional<RunOptions> plain(String... args) {
    if (args.length == 0 || !args[0].equals("run")) {
      return Optional.empty();
    }
    Map<String, String> given = new HashMap<>();
    for (int i = 1; i < args.length; i++) {
      int equals = args[i].indexOf('=');
      boolean apart = equals < 0;
      String name = apart ? args[i] : args[i].substring(0, equals);
      if (apart && ++i == args.length) {
        return Optional.empty();
      }
      String value = apart ? args[i] : args[i].substring(equals + 1);
      if (!PLAIN.contains(name) || !simple(value) || given.put(name, value) != null) {
        return Optional.empty();
      }
    }
    return options(given);
  }

  /** Neither empty nor an option nor in need of picocli's reading of quotes. */
  private static boolean simple(String value) {
    return !value.isEmpty() && value.charAt(0) != '-' && value.indexOf('"') < 0;
  }

  private static Optional<RunOptions> options(Map<String, String> given) {
    String config = given.get("--config");
    String node = given.get("--node");
    if (config == null || node == null) {
      return Optional.empty();
    }
    Path stateDir = Path.of(given.getOrDefault("--state-dir", StateDir.DEFAULT));
    String address = given.get("--status-address");
    if (address == null) {
      return Optional.of(new RunOptions(Path.of(config), node, stateDir, null));
    }
    try {
      InetSocketAddress listen = new HostPort().convert(address);
      return Optional.of(new RunOptions(Path.of(config), node, stateDir, listen));
    } catch (TypeConversionException e) {
      return Optional.empty();
    }
  }
}
