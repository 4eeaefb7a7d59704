package io.apiservervip.agent.vrrp;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContextProvider;

/** Makes the runs of a {@link SeededTest}. */
final class SeededRuns implements TestTemplateInvocationContextProvider {
  @Override
  public boolean supportsTestTemplate(ExtensionContext context) {
    return true;
  }

  @Override
  public Stream<TestTemplateInvocationContext> provideTestTemplateInvocationContexts(
      ExtensionContext context) {
    SeededTest test = context.getRequiredTestMethod().getAnnotation(SeededTest.class);
    String name = context.getRequiredTestClass().getName() + context.getRequiredTestMethod();
    return seeds(test, name.hashCode(), System.getProperty("seed")).mapToObj(Run::new);
  }

  static LongStream seeds(SeededTest test, int methodHash, @Nullable String only) {
    return only == null
        ? LongStream.concat(
            Arrays.stream(test.seeds()), new SplittableRandom(methodHash).longs(test.runs()))
        : LongStream.of(Long.parseLong(only));
  }

  static void fail(String test, long seed, Throwable failure) {
    String replay = "seed " + seed + " fails (run it alone with -Dseed=" + seed + ")";
    System.out.println(test + ": " + replay);
    throw new AssertionError(replay + ": " + failure.getMessage(), failure);
  }

  private record Run(long seed)
      implements TestTemplateInvocationContext, ParameterResolver, TestExecutionExceptionHandler {
    @Override
    public String getDisplayName(int invocationIndex) {
      return "seed " + seed;
    }

    @Override
    public List<Extension> getAdditionalExtensions() {
      return List.of(this);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
      Class<?> type = parameter.getParameter().getType();
      return type == long.class || type == Random.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
      return parameter.getParameter().getType() == long.class ? seed : new Random(seed);
    }

    @Override
    public void handleTestExecutionException(ExtensionContext context, Throwable failure) {
      fail(context.getRequiredTestMethod().getName(), seed, failure);
    }
  }
}
