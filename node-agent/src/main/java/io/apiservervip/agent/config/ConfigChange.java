package io.apiservervip.agent.config;

import java.util.Set;

/** One kind of difference between two documents, as far as it concerns one node. */
public sealed interface ConfigChange {

  /** The node takes part now: it is a member, and there are addresses. */
  record RouterAdded() implements ConfigChange {}

  /** The node takes part no longer: hand over and leave. */
  record RouterRemoved() implements ConfigChange {}

  /** It is another virtual router: leave the old one, start the new one with listening. */
  record IdentityChanged(Set<Identity> fields) implements ConfigChange {
    public IdentityChanged {
      fields = Set.copyOf(fields);
    }
  }

  /** The same virtual router, otherwise set: applied without a fail-over. */
  record RouterChanged(Set<Setting> fields) implements ConfigChange {
    public RouterChanged {
      fields = Set.copyOf(fields);
    }
  }

  /** The proxy is set otherwise. */
  record LoadBalancerChanged() implements ConfigChange {}

  /** The agent itself is set otherwise. */
  record SettingsChanged(Set<AgentSetting> fields) implements ConfigChange {
    public SettingsChanged {
      fields = Set.copyOf(fields);
    }
  }

  /** What makes a virtual router the one that it is. */
  enum Identity {
    NAME,
    VERSION,
    VIRTUAL_ROUTER_ID,
    INTERFACE,
    FIRST_ADDRESS
  }

  /** What may change under a living virtual router. */
  enum Setting {
    PRIORITY,
    ADVERTISEMENT_INTERVAL,
    ADDRESSES,
    ADDRESS_LIFETIME,
    TAKE_OVER,
    TRANSPORT,
    ACCEPT_FROM,
    PASSWORD,
    GRATUITOUS_ARP,
    MEMBERS,
    HEALTH_WEIGHTS
  }

  /** What may change of the agent. */
  enum AgentSetting {
    STATUS_PORT,
    STATUS_ADDRESSES,
    LOG_LEVEL
  }
}
