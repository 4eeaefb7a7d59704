package io.apiservervip.e2e.demo;

import io.apiservervip.e2e.cluster.ClusterAgent;
import io.apiservervip.e2e.cluster.LabCluster;
import io.apiservervip.e2e.lab.HolderWatch;
import io.apiservervip.e2e.lab.Lab;
import io.apiservervip.e2e.probe.ConnectionProbe;
import io.apiservervip.e2e.probe.EchoBackends;
import io.apiservervip.e2e.router.AgentProgram;
import io.apiservervip.e2e.router.AgentStatus;
import io.apiservervip.e2e.router.GroupConfig;
import io.apiservervip.e2e.router.GroupMember;
import io.apiservervip.e2e.router.Router;
import io.apiservervip.e2e.router.RouterGroup;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;

/**
 * A cluster of three hosts with operator and agents, through a kill, a silent cut and a graceful
 * hand-over.
 */
public final class Demo {
  /** Of the servers that the client asks; the API servers have 6443. */
  private static final int PORT = 7443;

  private static final String NAME = "control-plane";
  private static final Duration CRASH_BOUND = Duration.ofMillis(400);
  private static final Duration SETTLING = Duration.ofSeconds(60);
  private static final Duration PLANNED_BOUND = Duration.ofMillis(50);

  private final Lab lab;
  private final RouterGroup group;
  private final RoleTable table;
  private final ConnectionProbe probe;
  private final AgentProgram program;

  private Demo(
      Lab lab, RouterGroup group, RoleTable table, ConnectionProbe probe, AgentProgram program) {
    this.lab = lab;
    this.group = group;
    this.table = table;
    this.probe = probe;
    this.program = program;
  }

  /** An act's deed: what is done to the Active. */
  private interface Deed {
    void to(Router active) throws IOException, InterruptedException;
  }

  public static void main(String[] arguments) {
    boolean hold = List.of(arguments).contains("--hold");
    for (String argument : arguments) {
      if (!argument.equals("--hold")) {
        System.err.println("demo: unknown argument " + argument + " (try --help)");
        System.exit(2);
      }
    }
    try {
      System.exit(show(hold) ? 0 : 1);
    } catch (IOException | TimeoutException e) {
      System.err.println("demo: " + e.getMessage());
      System.exit(1);
    } catch (InterruptedException e) {
      System.exit(130);
    }
  }

  private static boolean show(boolean hold)
      throws IOException, InterruptedException, TimeoutException {
    GroupConfig config = GroupConfig.of(3, Duration.ofMillis(100));
    Path root = Path.of("").toAbsolutePath();
    AgentProgram program = AgentProgram.in(root);
    try (Lab lab = Lab.open(3);
        LabCluster cluster = LabCluster.on(lab, root);
        EchoBackends backends = EchoBackends.start(lab, PORT);
        HolderWatch watch = lab.watch(config.address());
        ConnectionProbe probe =
            ConnectionProbe.start(
                lab.client().namespace(),
                config.address(),
                backends.port(),
                Duration.ofMillis(5))) {
      open(cluster);
      RouterGroup group =
          RouterGroup.configure(lab, new ClusterAgent(cluster, program, NAME), config, watch);
      RoleTable table =
          new RoleTable(
              group, watch, new ResourceWatch(cluster.api()), Boolean.getBoolean("demo.terminal"));
      Demo demo = new Demo(lab, group, table, probe, program);
      boolean worked = demo.acts();
      if (hold) {
        demo.hold();
      }
      return worked;
    }
  }

  /** Two operators, and the resource; returns when the document for the agents is there. */
  private static void open(LabCluster cluster) throws IOException, InterruptedException {
    System.out.println("Three hosts in network namespaces, an operator on two of them.");
    cluster.operator("cp-1");
    cluster.operator("cp-2");
    System.out.println("kubectl apply -f vip.yaml");
    cluster.resource(NAME);
  }

  private boolean acts() throws IOException, InterruptedException, TimeoutException {
    table.say(
        "The operator has made a document of it; an agent runs from it on each of three hosts.");
    table.say("A client connects to the virtual address every 5 ms, and whoever holds it answers.");
    table.say("");
    group.settle();
    calm();
    table.print();
    List<Act> acts = new ArrayList<>();
    acts.add(
        act(
            "kill -9 of the agent",
            """
            It cannot tidy up: the kernel drops its address, which has a lifetime of 1 s. Until the
              successor has taken over, the host itself goes on answering.""",
            CRASH_BOUND,
            Router::kill));
    table.say("");
    table.say("The killed agent is started again, and does not take the address back:");
    group.settle();
    calm();
    table.print();
    acts.add(
        act(
            "silence",
            """
            The switch drops every frame of the Active's host, which cannot know. Its own API server
              still takes what its agent writes, so the resource sees two Actives: READY is False.""",
            CRASH_BOUND,
            active -> lab.lanSwitch().blackhole(active.host())));
    table.say("");
    table.say("The silenced host is heard again, and one of the two Actives yields:");
    for (Router router : group.routers()) {
      lab.lanSwitch().heal(router.host());
    }
    calm();
    table.print();
    acts.add(
        act(
            "graceful hand-over",
            "The program's command handover: the old host keeps the address until the new one has it.",
            PLANNED_BOUND,
            this::handOver));
    table.say("");
    table.say("Summary");
    acts.forEach(act -> table.say("  " + act));
    return acts.stream().allMatch(Act::worked);
  }

  private Act act(String title, String story, Duration bound, Deed deed)
      throws IOException, InterruptedException, TimeoutException {
    Router active = group.settle();
    table.say("");
    table.say("* " + title + " on " + active.host());
    table.say("  " + story);
    long from = System.nanoTime();
    deed.to(active);
    Router successor = group.successorOf(active, Duration.ofSeconds(5));
    watchFor(Duration.ofSeconds(4));
    table.print();
    table.told();
    Duration gap = probe.between(from, System.nanoTime()).outage();
    Act act = new Act(title, active.host().node(), successor.host().node(), gap, bound);
    table.say("  " + act);
    return act;
  }

  /** Until one agent is Active, all others are Backup, and the client is served. */
  private void calm() throws InterruptedException, TimeoutException {
    long deadline = System.nanoTime() + SETTLING.toNanos();
    while (!settled()) {
      if (System.nanoTime() > deadline) {
        throw new TimeoutException(
            "the agents did not agree within " + SETTLING.toSeconds() + " s");
      }
      watchFor(Duration.ofMillis(200));
    }
    watchFor(Duration.ofSeconds(1));
  }

  private boolean settled() throws InterruptedException {
    int active = 0;
    int backup = 0;
    for (Router router : group.routers()) {
      String role = AgentStatus.of(router.host()).map(AgentStatus::role).orElse("");
      active += role.equals("Active") ? 1 : 0;
      backup += role.equals("Backup") ? 1 : 0;
    }
    return active == 1 && active + backup == group.routers().size();
  }

  private void handOver(Router active) throws IOException {
    lab.run(active.host(), program.binary().toString(), "handover", "--state-dir", state(active));
  }

  private String state(Router router) {
    GroupMember member = router.member();
    return AgentProgram.stateDirectory(lab, member).toString();
  }

  private void watchFor(Duration span) throws InterruptedException {
    long end = System.nanoTime() + span.toNanos();
    while (System.nanoTime() < end) {
      table.refresh();
      Thread.sleep(100);
    }
  }

  private void hold() throws InterruptedException {
    table.say("");
    table.say("The hosts stay up until Ctrl-C. Logs and manifests: " + lab.directory());
    table.say("  look at the client : ip netns exec " + lab.client().namespace().name() + " bash");
    for (Router router : group.routers()) {
      String enter = "ip netns exec " + router.host().namespace().name();
      table.say("  enter " + router.host() + "         : " + enter + " bash");
      table.say(
          "  its agent's status : "
              + enter
              + " "
              + program.binary()
              + " status --state-dir "
              + state(router));
    }
    table.say("");
    table.print();
    while (true) {
      watchFor(Duration.ofMinutes(1));
    }
  }
}
