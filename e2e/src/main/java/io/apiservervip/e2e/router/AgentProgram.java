package io.apiservervip.e2e.router;

import io.apiservervip.agent.observe.ControlClient;
import io.apiservervip.e2e.lab.Lab;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;

/** The node agent, as built in this repository, in file mode. */
public final class AgentProgram implements RouterProgram {
  private final Path binary;
  private final UnaryOperator<String> edit;

  public AgentProgram(Path binary) {
    this(binary, UnaryOperator.identity());
  }

  private AgentProgram(Path binary, UnaryOperator<String> edit) {
    this.binary = binary;
    this.edit = edit;
  }

  /** The same program with a manifest that is changed by {@code edit} before it is written. */
  public AgentProgram with(UnaryOperator<String> edit) {
    return new AgentProgram(binary, edit);
  }

  /** The agent below {@code root}, which is the repository. */
  public static AgentProgram in(Path root) {
    return new AgentProgram(root.resolve("node-agent/target/dist/bin/node-agent"));
  }

  @Override
  public String name() {
    return "node-agent";
  }

  public boolean built() {
    return Files.isExecutable(binary);
  }

  public Path binary() {
    return binary;
  }

  /** Where the agent on that host keeps its state. */
  public static Path stateDirectory(Lab lab, GroupMember member) {
    return lab.directory().resolve("node-agent-" + member.host());
  }

  @Override
  public boolean ready(Router router) throws InterruptedException {
    return AgentStatus.of(router.host())
        .filter(status -> List.of("Backup", "Active").contains(status.role()))
        .isPresent();
  }

  /** Asks the agent to give the address to another; its answer, "ok: …" or "refused: …". */
  public static String handOver(Lab lab, GroupMember member) throws IOException {
    Path socket = stateDirectory(lab, member).resolve("control-plane.sock");
    return ControlClient.ask(socket, "handover").strip();
  }

  @Override
  public Router configure(Lab lab, GroupConfig group, List<GroupMember> members, GroupMember member)
      throws IOException {
    Path state = Files.createDirectories(stateDirectory(lab, member));
    Path manifest = state.resolve("vip.yaml");
    Files.writeString(manifest, edit.apply(AgentManifest.text(group, members)));
    List<String> command =
        List.of(
            binary.toString(),
            "run",
            "--config",
            manifest.toString(),
            "--node",
            member.host().node(),
            "--state-dir",
            state.toString());
    return new Router(lab, member, "node-agent-" + member.host(), command);
  }
}
