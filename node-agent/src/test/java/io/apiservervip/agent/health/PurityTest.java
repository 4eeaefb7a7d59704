package io.apiservervip.agent.health;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What judges knows neither sockets nor a clock, and could judge for any program. */
class PurityTest {
  private final JavaClasses judges =
      new ClassFileImporter()
          .importClasses(
              HealthState.class, TrafficSample.class, NodeHealth.class, CertificateNames.class);

  @Test
  void judgesDependOnTheContractAlone() {
    classes()
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "java.lang..",
            "java.util",
            "java.util.function",
            "java.util.regex",
            "java.util.stream",
            "java.net",
            "java.time",
            "org.jspecify..",
            "io.apiservervip.agentapi",
            "io.apiservervip.api..",
            "io.apiservervip.agent.health")
        .check(judges);
  }

  @Test
  void judgesReadNoClock() {
    noClasses()
        .should()
        .callMethod(System.class, "nanoTime")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(Instant.class, "now")
        .check(judges);
  }
}
