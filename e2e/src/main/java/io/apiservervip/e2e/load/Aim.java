package io.apiservervip.e2e.load;

import java.net.InetSocketAddress;
import java.util.Optional;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;

/** What every kind of load is told: where to, how long, how many connections. */
final class Aim {
  @Option(
      names = "--to",
      required = true,
      paramLabel = "HOST:PORT",
      converter = Endpoint.class,
      description = "an IPv4 address and a port")
  InetSocketAddress to = new InetSocketAddress(0);

  @Option(
      names = "--seconds",
      defaultValue = "5",
      description = "how long to measure (${DEFAULT-VALUE})")
  double seconds;

  @Option(
      names = "--warmup",
      defaultValue = "2",
      description = "seconds of load before it (${DEFAULT-VALUE})")
  double warmup;

  @Option(
      names = "--connections",
      defaultValue = "1",
      description = "how many at a time (${DEFAULT-VALUE})")
  int connections;

  @Option(
      names = "--bytes",
      defaultValue = "128",
      description = "size of a small request and of its answer (${DEFAULT-VALUE})")
  int bytes;

  @Option(names = "--pid", description = "also tell processor time and memory of this process")
  Optional<Long> pid = Optional.empty();

  Optional<ProcessCost> process() {
    return pid.map(ProcessCost::new);
  }

  Window window() {
    return new Window(warmup, seconds, process());
  }

  /** Reads {@code HOST:PORT}. */
  static final class Endpoint implements ITypeConverter<InetSocketAddress> {
    @Override
    public InetSocketAddress convert(String text) {
      int colon = text.lastIndexOf(':');
      return new InetSocketAddress(
          text.substring(0, colon), Integer.parseInt(text.substring(colon + 1)));
    }
  }
}
