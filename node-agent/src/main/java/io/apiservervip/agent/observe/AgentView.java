package io.apiservervip.agent.observe;

import io.apiservervip.agent.config.DocumentSource;
import io.apiservervip.agent.router.RouterStatus;
import io.apiservervip.agent.router.VirtualAddress;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything the status page, the control socket and the commands show of one agent.
 *
 * @param proxy null where no proxy runs
 * @param heartbeat wall clock of this view
 */
public record AgentView(
    Identity identity,
    Group group,
    Config config,
    RouterStatus router,
    @Nullable ProxyView proxy,
    Instant heartbeat) {

  /** Which agent this is; the version is the program's. */
  public record Identity(String vip, String node, String agentVersion) {}

  /** The group it belongs to; version is the protocol's, 2 or 3. */
  public record Group(int virtualRouterId, int version, List<VirtualAddress> addresses) {
    public Group {
      addresses = List.copyOf(addresses);
    }
  }

  /**
   * The document in force.
   *
   * @param observedGeneration 0 in file mode
   * @param path what people know its source by
   * @param error what is wrong with the last document that was refused; null once one is accepted
   * @param apiTrouble what keeps the agent from the API servers; null where nothing does
   */
  public record Config(
      long observedGeneration,
      DocumentSource.Origin origin,
      String path,
      @Nullable String error,
      @Nullable String apiTrouble) {}
}
