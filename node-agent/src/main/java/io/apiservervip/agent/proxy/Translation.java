package io.apiservervip.agent.proxy;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Port: the kernel's translation of one ApiServerVip. Several threads may call it, one at a time; a
 * call may wait for the kernel, some milliseconds as a rule.
 */
public interface Translation extends AutoCloseable {
  /**
   * Puts exactly these rules in force, in one step. The first call also removes what an earlier
   * life of the same ApiServerVip left behind. Sessions that are translated already stay so.
   *
   * @param rules none: nothing is translated any more
   * @return null, or what lacks, with the remedy: the rules before stay in force then
   */
  @Nullable String apply(List<TranslationRule> rules);

  /** Removes everything of this ApiServerVip; sessions that were translated break. */
  @Override
  void close();
}
