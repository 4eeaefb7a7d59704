package io.apiservervip.agent.kube;

import io.apiservervip.agent.config.DocumentSource;
import io.apiservervip.agent.config.LastGoodCopy;
import io.apiservervip.agentapi.AgentConfig;
import io.apiservervip.agentapi.AgentSettings;
import io.apiservervip.agentapi.HealthConfig;
import io.apiservervip.agentapi.Problem;
import io.apiservervip.api.v1alpha1.LogLevel;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The document in cluster mode: what the operator wrote into a ConfigMap or a Secret, and until
 * that was seen the copy of the last good one. Two threads watch, judge what they see and keep the
 * copy, one at a time; the main thread picks up what they found.
 */
public final class KubeDocumentSource implements DocumentSource {
  private static final Logger LOG = LoggerFactory.getLogger(KubeDocumentSource.class);
  private static final int STATUS_PORT = 9870;

  private final DocumentJudge judge;
  private final LastGoodCopy copy;
  private final ApiLink link;
  private final Consumer<AgentConfig> seen;
  private final Map<DocumentKind, Sighting> sightings = new EnumMap<>(DocumentKind.class);
  private final Map<DocumentKind, String> troubles = new EnumMap<>(DocumentKind.class);
  private final List<Thread> threads = new ArrayList<>();
  private final AtomicReference<@Nullable Poll> found = new AtomicReference<>();
  private DocumentChoice.Outcome last = new DocumentChoice.Undecided();
  private volatile @Nullable AgentConfig kept;
  private volatile Runnable changed = () -> {};

  /**
   * A source that is not begun yet.
   *
   * @param seen told of each good document, first of the copy; it returns at once
   */
  public KubeDocumentSource(
      DocumentJudge judge, LastGoodCopy copy, ApiLink link, Consumer<AgentConfig> seen) {
    this.judge = judge;
    this.copy = copy;
    this.link = link;
    this.seen = seen;
  }

  /** What the agent starts from: the copy, or a document in which there is nothing to do. */
  public Good first() {
    AgentConfig copied = copied();
    if (copied == null) {
      return new Good(nothing(judge.name().vip()), Origin.NONE);
    }
    kept = copied;
    seen.accept(copied);
    return new Good(copied, Origin.COPY);
  }

  @Override
  public String path() {
    return DocumentKind.CONFIG_MAP.kind() + " " + judge.name();
  }

  @Override
  public Poll poll() {
    Poll poll = found.getAndSet(null);
    return poll == null ? new Same() : poll;
  }

  @Override
  public @Nullable String waiting() {
    if (kept != null) {
      return null;
    }
    String trouble = link.trouble();
    return "no document yet: " + (trouble == null ? missing() : trouble);
  }

  @Override
  public void start(Runnable whenChanged) {
    changed = whenChanged;
    for (DocumentKind kind : DocumentKind.values()) {
      ObjectWatch watch =
          new ObjectWatch(
              new ObjectWatch.Target(kind, judge.name()),
              link.gate(),
              link.connection()::suspect,
              sighting -> sighted(kind, sighting),
              new SplittableRandom());
      threads.add(Thread.ofPlatform().name("watch-" + kind.plural()).daemon().start(watch));
    }
  }

  /** What one of the watches saw; on its thread. */
  synchronized void sighted(DocumentKind kind, Sighting sighting) {
    if (sighting instanceof Sighting.Unknown(String why)) {
      if (!why.equals(troubles.put(kind, why))) {
        LOG.warn(why);
      }
      return;
    }
    troubles.remove(kind);
    sightings.put(kind, sighting);
    DocumentChoice.Outcome now =
        DocumentChoice.of(
            sightings.get(DocumentKind.CONFIG_MAP), sightings.get(DocumentKind.SECRET));
    if (!now.equals(last)) {
      last = now;
      take(now);
    }
  }

  private void take(DocumentChoice.Outcome outcome) {
    switch (outcome) {
      case DocumentChoice.Undecided _ -> {}
      case DocumentChoice.None _ -> {
        if (kept != null) {
          publish(new Bad(List.of(path() + " is gone; the last good document stays in force")));
        }
      }
      case DocumentChoice.WithoutKey(DocumentKind kind) ->
          publish(
              new Bad(
                  List.of(kind.kind() + " " + judge.name() + " has no key " + DocumentKind.KEY)));
      case DocumentChoice.Document(DocumentKind kind, String text) -> {
        Poll poll = judge.judge(kind, text);
        if (poll instanceof Good(AgentConfig config, Origin _)) {
          boolean other = !config.equals(kept);
          kept = config;
          seen.accept(config);
          publish(poll);
          if (other) {
            keep(config);
          }
        } else {
          publish(poll);
        }
      }
    }
  }

  /** After it was published: the agent waits for no disk. */
  private void keep(AgentConfig config) {
    if (copy.write(config) instanceof LastGoodCopy.Failed failed) {
      LOG.warn(failed.line());
    }
  }

  private void publish(Poll poll) {
    found.set(poll);
    changed.run();
  }

  private synchronized String missing() {
    if (!troubles.isEmpty()) {
      return String.join("; ", troubles.values());
    }
    return last instanceof DocumentChoice.None
        ? path() + " is not there; the operator writes it once it accepts the resource"
        : path() + " is asked for";
  }

  private @Nullable AgentConfig copied() {
    return switch (copy.read()) {
      case LastGoodCopy.Found(AgentConfig config) when config.name().equals(judge.name().vip()) ->
          config;
      case LastGoodCopy.Found _, LastGoodCopy.Absent _ -> null;
      case LastGoodCopy.Unusable(List<Problem> problems) -> {
        LOG.warn("the copy of the last good document cannot be used: {}", problems);
        yield null;
      }
    };
  }

  private static AgentConfig nothing(String vip) {
    return new AgentConfig(
        vip,
        0,
        null,
        new HealthConfig(0, 0),
        null,
        new AgentSettings(STATUS_PORT, List.of(), LogLevel.INFO),
        List.of());
  }

  @Override
  public void close() {
    threads.forEach(Thread::interrupt);
  }
}
