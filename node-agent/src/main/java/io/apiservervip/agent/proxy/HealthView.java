package io.apiservervip.agent.proxy;

import io.apiservervip.agentapi.BackendAddress;
import java.util.Map;

/** Port: what the checks say of a listener's backends. Any thread. */
@FunctionalInterface
public interface HealthView {
  /** One that is not in the map is tried like any other. */
  Map<BackendAddress, ServerHealth> of(String listener);
}
