package io.apiservervip.e2e.cluster;

import java.io.IOException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives tests the cluster, one for all classes of a run; it ends with the run. */
public final class OneCluster implements ParameterResolver {
  private static final Namespace HERE = Namespace.create(OneCluster.class);

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
    return parameter.getParameter().getType() == TestCluster.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext test) {
    return test.getRoot()
        .getStore(HERE)
        .computeIfAbsent(TestCluster.class, type -> started(), TestCluster.class);
  }

  private static TestCluster started() {
    try {
      return TestCluster.start();
    } catch (IOException e) {
      throw new ParameterResolutionException("no cluster", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ParameterResolutionException("no cluster", e);
    }
  }
}
