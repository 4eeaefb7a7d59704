package io.apiservervip.e2e.chart;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import java.nio.file.Path;

/** The project's chart and what Helm makes of it without a cluster. */
final class Chart {
  static final Path FOLDER = Path.of("../helm/apiserver-vip");
  static final String NAME = "apiserver-vip";

  /** As if installed there; the chart asks for 1.30. */
  static final String KUBERNETES = "1.32.0";

  private Chart() {}

  static Helm helm() {
    return new Helm(FOLDER);
  }

  /** Every warning is a failure. */
  static LintResult linted() {
    return helm().lint().strict().call();
  }

  /** The objects of a release, without hooks and without the definition. */
  static String rendered(Path values) {
    return helm()
        .template()
        .withName(NAME)
        .withNamespace(NAME)
        .withKubeVersion(KUBERNETES)
        .withValuesFile(values)
        .call();
  }

  /** What Helm says after an installation. */
  static String notes(Path values) {
    return helm()
        .install()
        .withName(NAME)
        .withNamespace(NAME)
        .withKubeVersion(KUBERNETES)
        .withValuesFile(values)
        .clientOnly()
        .dryRun()
        .call()
        .getOutput();
  }
}
