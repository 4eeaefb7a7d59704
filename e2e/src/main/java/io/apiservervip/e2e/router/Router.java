package io.apiservervip.e2e.router;

import io.apiservervip.e2e.lab.Capability;
import io.apiservervip.e2e.lab.Host;
import io.apiservervip.e2e.lab.Lab;
import io.apiservervip.e2e.lab.LabProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** One router on one host, which can be started, ended and frozen again and again. */
public final class Router {
  private final Lab lab;
  private final GroupMember member;
  private final String name;
  private final List<String> command;
  private final Capability capability;
  private Optional<LabProcess> process = Optional.empty();
  private long startedNanos;

  /** Not running; it will have the capabilities of a DaemonSet's agent. */
  public Router(Lab lab, GroupMember member, String name, List<String> command) {
    this(lab, member, name, command, Capability.AGENT);
  }

  Router(Lab lab, GroupMember member, String name, List<String> command, Capability capability) {
    this.capability = capability;
    this.lab = lab;
    this.member = member;
    this.name = name;
    this.command = List.copyOf(command);
  }

  public Host host() {
    return member.host();
  }

  public GroupMember member() {
    return member;
  }

  public boolean running() {
    return process.isPresent() && process.get().alive();
  }

  /** Since it was started; zero when it does not run. */
  public Duration up() {
    return running() ? Duration.ofNanos(System.nanoTime() - startedNanos) : Duration.ZERO;
  }

  public Path log() {
    return lab.directory().resolve(name + ".log");
  }

  /** Does nothing when it runs already. */
  public void start() throws IOException {
    if (!running()) {
      startedNanos = System.nanoTime();
      process = Optional.of(lab.start(host(), name, command, capability));
    }
  }

  /** SIGKILL, all its processes. */
  public void kill() throws IOException, InterruptedException {
    if (process.isPresent()) {
      process.get().kill();
    }
  }

  /** SIGTERM; returns its exit status. */
  public int stop() throws IOException, InterruptedException {
    if (process.isEmpty()) {
      return 0;
    }
    process.get().terminate();
    return process.get().awaitExit();
  }

  /** SIGHUP: reads its configuration again. */
  public void reload() throws IOException {
    if (process.isPresent()) {
      process.get().hangUp();
    }
  }

  public void freeze() throws IOException {
    if (process.isPresent()) {
      process.get().freeze();
    }
  }

  public void resume() throws IOException {
    if (process.isPresent()) {
      process.get().resume();
    }
  }
}
