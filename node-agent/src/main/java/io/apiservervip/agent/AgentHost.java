package io.apiservervip.agent;

import io.apiservervip.agent.linux.LinuxHostNetwork;
import io.apiservervip.agent.linux.NftablesTranslation;
import io.apiservervip.agent.linux.PipeCapacity;
import io.apiservervip.agent.linux.PortHolderLookup;
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
    Function<String, Translation> translation) {

  /** The Linux host, in the network namespace of the calling thread. */
  static AgentHost linux() {
    return new AgentHost(
        LinuxHostNetwork::open,
        PortHolderLookup.ofHost(),
        PipeCapacity.open(),
        NftablesTranslation::of);
  }
}
