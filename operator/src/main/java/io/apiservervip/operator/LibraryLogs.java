package io.apiservervip.operator;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.util.Map;
import org.slf4j.LoggerFactory;

/**
 * Levels of libraries that say in stack traces, at each attempt, what the operator says in one line
 * when it begins: an API server that does not answer, an informer that cannot list.
 */
final class LibraryLogs {
  private static final Map<String, Level> LEVELS =
      Map.of(
          "io.fabric8.kubernetes.client.informers.impl.cache.Reflector", Level.ERROR,
          "io.fabric8.kubernetes.client.utils.VersionUsageUtils", Level.ERROR,
          "io.fabric8.kubernetes.client.dsl.internal.AbstractWatchManager", Level.ERROR,
          "io.javaoperatorsdk.operator.processing.event.source.informer", Level.ERROR,
          "io.javaoperatorsdk.operator.Operator", Level.WARN,
          "io.javaoperatorsdk.operator.processing.Controller", Level.WARN,
          "Default ConfigurationService implementation", Level.WARN);

  private LibraryLogs() {}

  static void quieten() {
    LEVELS.forEach(
        (name, level) -> {
          if (LoggerFactory.getLogger(name) instanceof Logger logger) {
            logger.setLevel(level);
          }
        });
  }
}
