package io.apiservervip.agent.proxy;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Port: the kernel's translation for one ApiServerVip. Any thread, one at a time; a call may wait
 * for the kernel, some milliseconds as a rule and longer behind others who change its rules.
 */
public interface Translation extends AutoCloseable {
  /** Removes what an earlier life of the same ApiServerVip left; null, or what went wrong. */
  @Nullable String clean();

  /**
   * Puts exactly these rules in force, in one step. Sessions that are translated already stay so.
   *
   * @param rules none: nothing is translated any more
   * @return null, or what lacks and the remedy: nothing has changed then
   */
  @Nullable String apply(List<TranslationRule> rules);

  /** Whether what was applied is still there, and not flushed by somebody else. Cheap. */
  boolean intact();

  /** Removes everything of this ApiServerVip, and so the translation of live sessions. */
  @Override
  void close();
}
