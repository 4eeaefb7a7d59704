package io.apiservervip.e2e.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.apiservervip.e2e.chart.PrometheusKinds;
import io.apiservervip.e2e.cluster.DocumentsStage;
import io.apiservervip.e2e.cluster.TestCluster;
import io.apiservervip.e2e.docs.Treatment.Left;
import io.apiservervip.e2e.docs.Treatment.Runs;
import io.apiservervip.e2e.docs.Treatment.Way;
import io.apiservervip.e2e.router.Evidence;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/**
 * The commands of the documents, run page by page in their order, on a cluster as the page assumes
 * it. The exit status judges. What is not run has a reason in {@link Treatment}, and is counted.
 * Without kubectl and a real API server nothing of it can go on.
 */
@Tag("long")
class DocumentedCommandsIT {
  /** What a page finds, in the order in which they are run. */
  private static final List<Start> PAGES =
      List.of(
          new Start("README.md", false),
          new Start("docs/quickstart-k3s.md", false),
          new Start("docs/quickstart-rke2.md", false),
          new Start("docs/quickstart-k0s.md", false),
          new Start("docs/quickstart-kubeadm.md", false),
          new Start("docs/from-keepalived.md", true),
          new Start("docs/runbook.md", true),
          new Start("docs/alerts.md", true),
          new Start("docs/upgrade.md", true),
          new Start("helm/README.md", false));

  /** Where a page begins: with the door open, or before the installation. */
  private record Start(String page, boolean installed) {}

  private final Map<String, Integer> run = new TreeMap<>();
  private final Map<String, Integer> left = new TreeMap<>();
  private final List<String> faults = new ArrayList<>();
  private int all;

  @TestFactory
  Stream<DynamicTest> everyCommandIsRunOrHasAReason() {
    boolean kubectl =
        Stream.of(System.getenv("PATH").split(File.pathSeparator))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, "kubectl")));
    if (!kubectl || System.getenv(TestCluster.ASSETS) == null) {
      System.out.println(
          "documented commands: left out, they want a kubectl on PATH, and " + TestCluster.ASSETS);
      return Stream.empty();
    }
    return Stream.of(DynamicTest.dynamicTest("page by page", this::runAll));
  }

  private void runAll() throws Exception {
    try (DocumentsStage cluster = DocumentsStage.open(Page.ROOT);
        MemberHosts members = MemberHosts.open()) {
      Evidence.of(cluster.lab(), () -> pages(cluster, members));
    }
    System.out.println(
        "documents: %d commands; %d run %s; not run: %s".formatted(all, sum(run), run, left));
    assertThat(faults).isEmpty();
  }

  private static int sum(Map<String, Integer> counts) {
    return counts.values().stream().mapToInt(Integer::intValue).sum();
  }

  private void pages(DocumentsStage cluster, MemberHosts members)
      throws IOException, InterruptedException {
    List<Page> pages = new ArrayList<>(Page.all());
    pages.sort(Comparator.comparingInt(DocumentedCommandsIT::place));
    for (Page page : pages) {
      List<Command> commands = Command.of(page);
      if (!commands.isEmpty()) {
        page(page, commands, cluster, members);
      }
    }
  }

  private static int place(Page page) {
    for (int i = 0; i < PAGES.size(); i++) {
      if (PAGES.get(i).page().equals(page.toString())) {
        return i;
      }
    }
    return PAGES.size();
  }

  private void page(Page page, List<Command> commands, DocumentsStage cluster, MemberHosts members)
      throws IOException, InterruptedException {
    if (place(page) < PAGES.size()) {
      prepare(PAGES.get(place(page)).installed(), cluster);
    }
    CommandRunner runner =
        new CommandRunner(cluster, members, PageFolder.in(cluster.lab().directory(), page));
    for (Command command : commands) {
      all++;
      switch (Treatment.of(command.text()).orElse(null)) {
        case null -> faults.add(command + ": neither run nor left with a reason");
        case Left(String reason) -> left.merge(reason, 1, Integer::sum);
        case Runs(Way way, String instead) -> step(command, way, instead, runner, cluster, members);
      }
    }
    endAgents(page.toString(), members);
  }

  private static void prepare(boolean installed, DocumentsStage cluster)
      throws IOException, InterruptedException {
    if (installed) {
      cluster.uncordon();
      cluster.installed();
    } else {
      cluster.bare();
    }
    PrometheusKinds.define(cluster.api());
  }

  private void step(
      Command command,
      Way way,
      String instead,
      CommandRunner runner,
      DocumentsStage cluster,
      MemberHosts members)
      throws IOException, InterruptedException {
    if (way == Way.KUBECTL || way == Way.HELM) {
      endAgents(command.toString(), members);
    }
    Outcome outcome = runner.run(command, way, instead);
    run.merge(command.program(), 1, Integer::sum);
    if (!outcome.good()) {
      faults.add(command + ": " + outcome);
    }
    follow(command.text(), cluster);
  }

  /** What kubelets would do after a command. */
  private static void follow(String text, DocumentsStage cluster)
      throws IOException, InterruptedException {
    if (text.matches("helm install .*|kubectl apply .* -f helm/manifests/.*")) {
      cluster.operator();
    } else if (text.startsWith("helm uninstall")) {
      cluster.operatorEnds();
    }
  }

  private void endAgents(String when, MemberHosts members)
      throws IOException, InterruptedException {
    if (members.busy() && !members.end()) {
      faults.add(
          when + ": an agent that was started before did not end well\n" + members.lab().logs());
    }
  }
}
