package io.apiservervip.agent.vrrp;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A property test: runs with many random inputs, each from one seed that a failure names. The
 * method may take a {@code long} (the seed) or a {@link java.util.Random} made of it. {@code
 * -Dseed=N} runs that seed alone.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@TestTemplate
@ExtendWith(SeededRuns.class)
public @interface SeededTest {
  /** Seeds to run; always the same ones for one method. */
  int runs() default 100;

  /** Seeds that failed once; they run first. */
  long[] seeds() default {};
}
