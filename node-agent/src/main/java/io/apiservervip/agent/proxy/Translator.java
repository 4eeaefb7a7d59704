package io.apiservervip.agent.proxy;

import java.net.InetAddress;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the kernel's translation in step with the listeners and with the virtual addresses that are
 * here. What fails is tried again every ten seconds, and what somebody else flushed is put back.
 * Any thread; callers queue.
 */
public final class Translator implements AutoCloseable {
  private static final long RETRY_NANOS = 10_000_000_000L;

  /** Clients use one port, the listener is bound to another. */
  public record Ports(int port, int bindPort) {}

  private final Translation translation;
  private final Set<InetAddress> here = new LinkedHashSet<>();
  private List<Ports> ports = List.of();
  private long dueNanos = Long.MIN_VALUE;

  /** Nothing of an earlier life is left. */
  private boolean cleaned;

  /** Null while the table is not known to be there. */
  private @Nullable List<TranslationRule> inForce;

  private volatile @Nullable String problem;

  public Translator(Translation translation) {
    this.translation = translation;
  }

  /**
   * Says which listeners are bound to another port than clients use.
   *
   * @param differing none: nothing is translated, and no library is loaded for it
   */
  public synchronized void listeners(List<Ports> differing) {
    ports = List.copyOf(differing);
    settle();
  }

  /** The addresses are about to come. */
  public synchronized void arriving(Set<InetAddress> addresses) {
    here.addAll(addresses);
    settle();
  }

  /** The addresses have gone. */
  public synchronized void gone(Set<InetAddress> addresses) {
    here.removeAll(addresses);
    settle();
  }

  /**
   * Tries again what failed and looks after what is in force; to be called every second or so, and
   * once before the first address comes.
   *
   * @return whether rules had vanished and are back
   */
  public synchronized boolean tend(long nowNanos) {
    if (nowNanos < dueNanos) {
      return false;
    }
    dueNanos = nowNanos + RETRY_NANOS;
    boolean vanished = inForce != null && !translation.intact();
    if (vanished) {
      inForce = null;
    }
    settle();
    return vanished && inForce != null;
  }

  /** What lacks, what to do, and where clients can go meanwhile; null while all is well. */
  public @Nullable String problem() {
    return problem;
  }

  private void settle() {
    List<TranslationRule> wanted = rules();
    if (ports.isEmpty() && inForce == null) {
      problem = null;
      cleaned = cleaned || translation.clean() == null;
    } else if (!wanted.equals(inForce)) {
      String complaint = translation.apply(wanted);
      if (complaint == null) {
        inForce = wanted;
        cleaned = true;
      }
      problem = complaint == null ? null : complaint + wayRound();
    }
  }

  private List<TranslationRule> rules() {
    return here.stream()
        .flatMap(
            address ->
                ports.stream().map(p -> new TranslationRule(address, p.port(), p.bindPort())))
        .toList();
  }

  private String wayRound() {
    return ports.stream()
        .map(p -> p.bindPort() + " instead of " + p.port())
        .collect(Collectors.joining(", ", "; until then clients use port ", ""));
  }

  @Override
  public synchronized void close() {
    translation.close();
  }
}
