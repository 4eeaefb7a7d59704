package io.apiservervip.e2e.lab;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;

/**
 * A witness on every host that follows one address with {@code ip monitor}: who holds it now, and
 * the {@link HolderTimeline} so far. Readers' threads write under the object's lock.
 */
public final class HolderWatch implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final String address;
  private final HolderTimeline timeline = new HolderTimeline();
  private final Map<String, Boolean> held = new LinkedHashMap<>();
  private final List<Process> monitors = new ArrayList<>();

  HolderWatch(String address) {
    this.address = address;
  }

  void follow(Host host) throws IOException, InterruptedException {
    String namespace = host.namespace().name();
    List<String> command = new ArrayList<>(RealTime.prefix());
    command.addAll(List.of("ip", "-n", namespace, "-ts", "-o", "monitor", "address"));
    Process monitor =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    synchronized (this) {
      monitors.add(monitor);
    }
    Thread.ofPlatform().daemon().name("holders " + host).start(() -> read(host, monitor));
    awaitSubscription(host);
    boolean now =
        Shell.run(List.of("ip", "-n", namespace, "-o", "address", "show"))
            .contains(" " + address + "/");
    change(host, nowMicros(), now);
  }

  /** Nodes that hold the address at this moment. */
  public synchronized List<String> holders() {
    return held.entrySet().stream().filter(Map.Entry::getValue).map(Map.Entry::getKey).toList();
  }

  /** Waits until the holders are as wished, and returns them. */
  public synchronized List<String> await(Predicate<List<String>> wish, Duration patience)
      throws InterruptedException, TimeoutException {
    long deadline = System.nanoTime() + patience.toNanos();
    while (!wish.test(holders())) {
      long left = (deadline - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        throw new TimeoutException(
            "after " + patience.toMillis() + " ms the holders of " + address + " are " + holders());
      }
      wait(left);
    }
    return holders();
  }

  public synchronized List<HolderTimeline.Span> spans(long fromMicros, long toMicros) {
    return timeline.spans(fromMicros, toMicros);
  }

  public static long nowMicros() {
    Instant now = Instant.now();
    return now.getEpochSecond() * 1_000_000 + now.getNano() / 1000;
  }

  @Override
  public synchronized void close() {
    monitors.forEach(Process::destroyForcibly);
  }

  private synchronized void change(Host host, long atMicros, boolean now) {
    timeline.add(new HolderTimeline.Change(atMicros, host.node(), now));
    held.put(host.node(), now);
    notifyAll();
  }

  private void read(Host host, Process monitor) {
    try (BufferedReader lines = monitor.inputReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.contains(" " + address + "/")) {
          change(host, stamp(line), !line.contains("Deleted "));
        } else if (line.contains(" 127.9.9.9/")) {
          subscribed(host);
        }
      }
    } catch (IOException e) {
      // the monitor was ended: there is nothing more to read
    }
  }

  /** Microseconds since the epoch out of {@code [2026-11-21T08:30:00.123456] …}. */
  static long stamp(String line) {
    String text = line.substring(line.indexOf('[') + 1, line.indexOf(']'));
    Instant at = LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
    return at.getEpochSecond() * 1_000_000 + at.getNano() / 1000;
  }

  private final List<String> listening = new ArrayList<>();

  private synchronized void subscribed(Host host) {
    listening.add(host.node());
    notifyAll();
  }

  /** An address of no meaning on the loopback comes and goes until the monitor has reported it. */
  private void awaitSubscription(Host host) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    String batch = "address add 127.9.9.9/32 dev lo\naddress del 127.9.9.9/32 dev lo\n";
    while (true) {
      Shell.run(List.of("ip", "-n", host.namespace().name(), "-batch", "-"), batch);
      synchronized (this) {
        if (!listening.contains(host.node())) {
          wait(20);
        }
        if (listening.contains(host.node())) {
          return;
        }
      }
      if (System.nanoTime() > deadline) {
        throw new IOException("ip monitor says nothing on " + host);
      }
    }
  }
}
