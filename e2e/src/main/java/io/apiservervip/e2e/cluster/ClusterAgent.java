package io.apiservervip.e2e.cluster;

import io.apiservervip.e2e.lab.Lab;
import io.apiservervip.e2e.router.AgentProgram;
import io.apiservervip.e2e.router.GroupConfig;
import io.apiservervip.e2e.router.GroupMember;
import io.apiservervip.e2e.router.Router;
import io.apiservervip.e2e.router.RouterProgram;
import java.io.IOException;
import java.util.List;

/**
 * The node agent in cluster mode: it follows the document that the operator makes of the resource.
 */
public record ClusterAgent(LabCluster cluster, AgentProgram program, String vip)
    implements RouterProgram {
  @Override
  public String name() {
    return program.name();
  }

  @Override
  public boolean ready(Router router) throws InterruptedException {
    return program.ready(router);
  }

  /** The resource says what the group has in common; {@code group} is not asked. */
  @Override
  public Router configure(Lab lab, GroupConfig group, List<GroupMember> members, GroupMember member)
      throws IOException {
    try {
      List<String> command =
          cluster.agent(vip, member.host(), AgentProgram.stateDirectory(lab, member));
      return new Router(lab, member, "node-agent-" + member.host(), command);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }
}
