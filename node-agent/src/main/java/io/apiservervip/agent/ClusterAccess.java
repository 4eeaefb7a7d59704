package io.apiservervip.agent;

import io.apiservervip.agent.config.LastGoodCopy;
import io.apiservervip.agent.kube.ApiCredentials;
import io.apiservervip.agent.kube.ApiLink;
import io.apiservervip.agent.kube.ApiServers;
import io.apiservervip.agent.kube.DocumentJudge;
import io.apiservervip.agent.kube.DocumentName;
import io.apiservervip.agent.kube.KubeDocumentSource;
import io.apiservervip.agent.kube.StatusPublisher;
import io.apiservervip.agent.observe.AgentView;
import io.apiservervip.agent.observe.ClusterMeters;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What an agent has in cluster mode beside the rest: a way to the API, a document, an entry. */
final class ClusterAccess implements Reporter {
  private final RunOptions options;
  private final RunOptions.ClusterMode mode;
  private final ApiLink link;
  private final KubeDocumentSource source;
  private @Nullable StatusPublisher publisher;

  private ClusterAccess(
      RunOptions options, RunOptions.ClusterMode mode, ApiLink link, KubeDocumentSource source) {
    this.options = options;
    this.mode = mode;
    this.link = link;
    this.source = source;
  }

  /** Access with these credentials; nothing is begun yet. */
  static ClusterAccess of(
      RunOptions options, RunOptions.ClusterMode mode, ApiCredentials credentials)
      throws IOException {
    ApiLink link =
        new ApiLink(
            credentials,
            new ApiServers(List.of(), credentials.servers()),
            "node-agent/" + ProgramVersion.text());
    KubeDocumentSource source =
        new KubeDocumentSource(
            new DocumentJudge(
                new DocumentName(mode.namespace(), mode.vip()),
                document -> ManifestCheck.loops(document, options.node())),
            new LastGoodCopy(options.stateDir(), mode.vip()),
            link,
            document ->
                link.servers(ApiServerPlan.of(document, options.node(), credentials.servers())));
    return new ClusterAccess(options, mode, link, source);
  }

  KubeDocumentSource source() {
    return source;
  }

  @Override
  public void start(Supplier<AgentView> view, MeterRegistry registry) {
    ClusterMeters meters = ClusterMeters.register(registry, () -> link.trouble() == null);
    StatusPublisher started = new StatusPublisher(mode.vip(), options.node(), link, view, meters);
    publisher = started;
    link.start();
    started.start();
  }

  @Override
  public @Nullable String trouble() {
    return link.trouble();
  }

  @Override
  public void close() {
    if (publisher != null) {
      publisher.close();
    }
    link.close();
  }
}
