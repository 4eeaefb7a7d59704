package io.apiservervip.agent.proxy;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class PureCoreTest {
  private final JavaClasses core =
      new ClassFileImporter()
          .importClasses(
              Attempts.class,
              Backends.class,
              Balancer.class,
              Choice.class,
              ClientHello.class,
              FirstFlight.class,
              HandshakeBytes.class,
              LoopCheck.class,
              ReplayBudget.class,
              RoundRobin.class,
              ServerPool.class,
              Session.class,
              SourceCounts.class,
              SourceFilter.class,
              SourceTable.class,
              TimerWheel.class,
              WaitingRoom.class);

  @Test
  void coreKnowsNoSocketAndNoEventLoop() {
    classes()
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "java.lang..",
            "java.util..",
            "java.net",
            "java.nio",
            "java.time",
            "io.apiservervip.agent.proxy",
            "io.apiservervip.agentapi",
            "io.apiservervip.api.v1alpha1",
            "org.jspecify.annotations")
        .check(core);
  }

  @Test
  void coreReadsNoClock() {
    noClasses()
        .should()
        .callMethod(System.class, "nanoTime")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(Instant.class, "now")
        .check(core);
  }
}
