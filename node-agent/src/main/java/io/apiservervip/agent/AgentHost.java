package io.apiservervip.agent;

import io.apiservervip.agent.linux.LinuxHostNetwork;
import io.apiservervip.agent.linux.NftablesTranslation;
import io.apiservervip.agent.linux.PipeCapacity;
import io.apiservervip.agent.linux.PortHolderLookup;
import io.apiservervip.agent.linux.ProcessPriority;
import io.apiservervip.agent.proxy.PipeSize;
import io.apiservervip.agent.proxy.PortHolders;
import io.apiservervip.agent.proxy.Translation;
import java.util.function.Function;

/**
 * What the agent needs of the host that it runs on.
 *
 * @param translation by the name of the resource
 */
record AgentHost(
    RouterRunner.Host network,
    PortHolders holders,
    PipeSize pipeSize,
    Function<String, Translation> translation,
    Priority priority) {

  /** How the kernel schedules the agent's threads. */
  interface Priority {
    /** Before ordinary threads; 0 or an errno. */
    int raise();

    /** The calling thread alone is an ordinary one. */
    void ordinary();
  }

  /** The Linux host, in the network namespace of the calling thread. */
  static AgentHost linux() {
    return new AgentHost(
        LinuxHostNetwork::open,
        PortHolderLookup.ofHost(),
        PipeCapacity.open(),
        NftablesTranslation::of,
        linuxPriority());
  }

  private static Priority linuxPriority() {
    ProcessPriority priority = ProcessPriority.open();
    return new Priority() {
      @Override
      public int raise() {
        return priority.raise();
      }

      @Override
      public void ordinary() {
        priority.ordinary();
      }
    };
  }
}
