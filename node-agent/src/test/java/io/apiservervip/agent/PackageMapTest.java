package io.apiservervip.agent;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
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
import java.time.Instant;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;

class PackageMapTest {
  private static final Set<String> JAVA_BASE =
      ModuleLayer.boot().findModule("java.base").orElseThrow().getPackages();

  private static final DescribedPredicate<JavaClass> PURE =
      DescribedPredicate.describe(
          "java.base without java.util.concurrent, the package itself, or a nullness annotation",
          type -> {
            String name = type.getBaseComponentType().getPackageName();
            boolean primitive = type.getBaseComponentType().isPrimitive();
            boolean base = JAVA_BASE.contains(name) && !name.startsWith("java.util.concurrent");
            return primitive
                || base
                || name.equals("io.apiservervip.agent.vrrp")
                || name.equals("org.jspecify.annotations");
          });

  private final JavaClasses agent =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.apiservervip.agent");

  @Test
  void protocolDependsOnJavaBaseAlone() {
    classes()
        .that()
        .resideInAPackage("..agent.vrrp")
        .should()
        .onlyDependOnClassesThat(PURE)
        .check(agent);
  }

  @Test
  void protocolReadsNoClockAndNoRandomSource() {
    noClockOrRandomSource("..agent.vrrp").check(agent);
  }

  @Test
  void aClockOrARandomSourceIsFound() {
    for (Class<?> sample : Set.of(NanoTime.class, Millis.class, WallClock.class, Dice.class)) {
      JavaClasses found = new ClassFileImporter().importClasses(sample);
      assertThatCode(() -> noClockOrRandomSource("io.apiservervip.agent").check(found))
          .as(sample.getSimpleName())
          .isInstanceOf(AssertionError.class);
    }
  }

  @Test
  void packagesHaveNoCycles() {
    assertThat(agent).isNotEmpty();
    slices().matching("io.apiservervip.(**)").should().beFreeOfCycles().check(agent);
  }

  @Test
  void linuxIsForTheCompositionRootAlone() {
    noClasses()
        .that(
            resideInAPackage("io.apiservervip.agent..")
                .and(DescribedPredicate.not(resideInAPackage("io.apiservervip.agent")))
                .and(DescribedPredicate.not(resideInAPackage("..agent.linux.."))))
        .should()
        .dependOnClassesThat()
        .resideInAPackage("..agent.linux..")
        .check(agent);
  }

  @Test
  void kubeIsForTheCompositionRootAlone() {
    noClasses()
        .that(
            resideInAPackage("io.apiservervip.agent..")
                .and(DescribedPredicate.not(resideInAPackage("io.apiservervip.agent")))
                .and(DescribedPredicate.not(resideInAPackage("..agent.kube"))))
        .should()
        .dependOnClassesThat()
        .resideInAPackage("..agent.kube")
        .check(agent);
  }

  @Test
  void theClientLibraryIsUsedByKubeAlone() {
    noClasses()
        .that()
        .resideOutsideOfPackage("..agent.kube")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.fabric8..")
        .check(agent);
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
                    type.isAssignableTo(java.util.random.RandomGenerator.class)
                        || type.isAssignableTo(java.time.Clock.class)));
  }

  static final class NanoTime {
    long read() {
      return System.nanoTime();
    }
  }

  static final class Millis {
    long read() {
      return System.currentTimeMillis();
    }
  }

  static final class WallClock {
    Instant read() {
      return Instant.now();
    }
  }

  static final class Dice {
    int roll() {
      Random random = ThreadLocalRandom.current();
      return random.nextInt(6);
    }
  }
}
