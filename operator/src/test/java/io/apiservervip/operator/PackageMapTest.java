package io.apiservervip.operator;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import java.util.Random;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class PackageMapTest {
  private static final String MODEL = "io.apiservervip.operator.model";
  private static final String STATUS = "io.apiservervip.operator.status";

  private final JavaClasses operator =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.apiservervip.operator");

  @Test
  void planningDependsOnValuesAlone() {
    onlyOn(MODEL, "io.apiservervip.agentapi", "io.apiservervip.api.v1alpha1").check(operator);
  }

  @Test
  void statusDependsOnPlansAndOnTwoRulesOfTheAgent() {
    onlyOn(
            STATUS,
            MODEL,
            "io.apiservervip.agentapi",
            "io.apiservervip.api.v1alpha1",
            "io.apiservervip.agent.health",
            "io.apiservervip.agent.proxy")
        .check(operator);
    classes()
        .that()
        .resideInAPackage(STATUS)
        .should()
        .onlyDependOnClassesThat(
            DescribedPredicate.describe(
                "of the agent are values and the rules on them",
                type ->
                    !type.getPackageName().startsWith("io.apiservervip.agent.")
                        || Set.of("CertificateNames", "ServerCertificate", "Backend", "Backends")
                            .contains(type.getSimpleName())))
        .check(operator);
  }

  @Test
  void pureCodeReadsNoClockAndNoRandomSource() {
    noClockOrRandomSource(MODEL).check(operator);
    noClockOrRandomSource(STATUS).check(operator);
  }

  @Test
  void aClockOrARandomSourceIsFound() {
    for (Class<?> sample : Set.of(NanoTime.class, WallClock.class, Dice.class)) {
      JavaClasses found = new ClassFileImporter().importClasses(sample);
      assertThatCode(() -> noClockOrRandomSource("io.apiservervip.operator").check(found))
          .as(sample.getSimpleName())
          .isInstanceOf(AssertionError.class);
    }
  }

  @Test
  void packagesHaveNoCycles() {
    assertThat(operator).isNotEmpty();
    slices().matching("io.apiservervip.operator.(**)").should().beFreeOfCycles().check(operator);
  }

  @Test
  void theFrameworkStaysOutOfThePureHeart() {
    noClasses()
        .that()
        .resideInAnyPackage(MODEL, STATUS)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.fabric8..", "io.javaoperatorsdk..", "io.netty..", "org.slf4j..")
        .check(operator);
  }

  private static ArchRule onlyOn(String where, String... packages) {
    Set<String> allowed = Set.of(packages);
    return classes()
        .that()
        .resideInAPackage(where)
        .should()
        .onlyDependOnClassesThat(
            DescribedPredicate.describe(
                "are of java.base or of " + allowed,
                type -> {
                  JavaClass base = type.getBaseComponentType();
                  String name = base.getPackageName();
                  return base.isPrimitive()
                      || name.startsWith("java.")
                      || name.equals(where)
                      || name.equals("org.jspecify.annotations")
                      || allowed.contains(name);
                }));
  }

  private static ArchRule noClockOrRandomSource(String where) {
    return noClasses()
        .that()
        .resideInAPackage(where)
        .should()
        .callMethod(System.class, "nanoTime")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(Instant.class, "now")
        .orShould()
        .callMethod(Math.class, "random")
        .orShould()
        .dependOnClassesThat(
            DescribedPredicate.describe(
                "are random sources or clocks",
                type ->
                    type.isAssignableTo(RandomGenerator.class)
                        || type.isAssignableTo(Clock.class)));
  }

  static final class NanoTime {
    long read() {
      return System.nanoTime();
    }
  }

  static final class WallClock {
    Instant read() {
      return Instant.now();
    }
  }

  static final class Dice {
    int roll() {
      return new Random().nextInt(6);
    }
  }
}
