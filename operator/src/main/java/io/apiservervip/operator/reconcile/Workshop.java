package io.apiservervip.operator.reconcile;

import io.apiservervip.agentapi.AgentConfig;
import io.apiservervip.agentapi.BackendAddress;
import io.apiservervip.agentapi.HealthCheckConfig;
import io.apiservervip.agentapi.Manifest;
import io.apiservervip.api.v1alpha1.ApiServerVipSpec;
import io.apiservervip.api.v1alpha1.ApiServerVipStatus;
import io.apiservervip.api.v1alpha1.HealthCheckSpec;
import io.apiservervip.operator.model.ApiServer;
import io.apiservervip.operator.model.ServicePlan;
import io.apiservervip.operator.model.Verdicts;
import io.apiservervip.operator.model.VipPlan;
import io.apiservervip.operator.status.Observation;
import io.apiservervip.operator.status.ServiceState;
import io.apiservervip.operator.status.StatusAssembly;
import io.apiservervip.operator.status.StatusInputs;
import io.apiservervip.operator.status.StatusMemory;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What the passes of one reign share, composed by hand, and the order of a pass.
 *
 * @param memory what the last assembly of each resource's status left
 */
record Workshop(
    ClusterCache cache,
    MissingLists lists,
    VipBook book,
    ClusterViewer viewer,
    PlanApplier plans,
    ServiceApplier services,
    StatusWriter statuses,
    EventWriter events,
    ApiServerChecks checks,
    Deletion deletion,
    Map<String, StatusMemory> memory) {
  /** Between two looks at a certificate, where agents do the checking. */
  private static final Duration SLOW = Duration.ofSeconds(60);

  static Workshop of(Reigning reign, ClusterCache cache, ApiServerChecks checks) {
    KubernetesClient client = reign.client();
    Applier applier = new Applier(client);
    VipBook book = new VipBook();
    checks.listener(cache.pokes()::poke);
    Map<String, StatusMemory> memory = new ConcurrentHashMap<>();
    return new Workshop(
        cache,
        new MissingLists(client, reign.settings().namespace(), reign.clock()),
        book,
        new ClusterViewer(cache, book, ServiceRanges.read(client), reign.settings()),
        new PlanApplier(
            applier,
            new AgentDaemonSet(client.getKubernetesSerialization()),
            new PodRollOut(client),
            reign.settings().namespace()),
        new ServiceApplier(applier),
        new StatusWriter(client),
        new EventWriter(client, reign.identity()),
        checks,
        new Deletion(applier, cache, vip -> forget(vip, book, checks, memory)),
        memory);
  }

  void remember(String vip, StatusMemory now) {
    memory.put(vip, now);
  }

  /** Applies the plan and assembles the status. */
  Pass.Result carryOut(Pass pass) {
    String vip = pass.owner().name();
    ApiServerVipStatus stored = pass.manifest() == null ? null : pass.manifest().vip().status();
    Observation observation =
        Observation.of(stored, memory.getOrDefault(vip, StatusMemory.EMPTY), pass.now());
    check(pass);
    PodRollOut.Progress progress = agents(pass, stored);
    ServiceState service = service(pass, observation);
    StatusInputs inputs =
        new StatusInputs(
            spec(pass.manifest()),
            pass.plan(),
            stored,
            observation,
            progress.rollout(),
            progress.begun(),
            service,
            checks.certificates(vip),
            checks.states(vip));
    Instant retry = service.error() == null ? null : pass.now().plus(PodRollOut.Progress.RETRY);
    return new Pass.Result(StatusAssembly.assemble(inputs), Pass.earlier(progress.again(), retry));
  }

  private PodRollOut.Progress agents(Pass pass, @Nullable ApiServerVipStatus stored) {
    return switch (pass.plan()) {
      case VipPlan.Accepted accepted ->
          plans.apply(
              pass.owner(),
              accepted,
              pass.made(),
              cache.pods(pass.owner()),
              stored == null ? null : stored.activeNode(),
              pass.now());
      case VipPlan.Refused _ -> PodRollOut.Progress.notOurs();
    };
  }

  private ServiceState service(Pass pass, Observation observation) {
    ServicePlan plan = pass.plan().service();
    boolean accepted = pass.plan() instanceof VipPlan.Accepted;
    if (plan == null) {
      if (accepted) {
        services.remove(pass.made());
      }
      return ServiceState.NOTHING;
    }
    return services.apply(pass.owner(), plan, accepted, verdicts(pass, observation), pass.made());
  }

  /** Of the agents that the document names: an entry of anybody else has no vote. */
  private Verdicts verdicts(Pass pass, Observation observation) {
    AgentConfig document = pass.plan().document();
    return document == null
        ? new Verdicts.OfOperator(checks.states(pass.owner().name()))
        : new Verdicts.OfAgents(
            observation.fresh().stream()
                .filter(entry -> document.member(entry.name()) != null)
                .toList());
  }

  /** Has the API servers checked: often where nobody else does, else for their certificates. */
  private void check(Pass pass) {
    ApiServerVipSpec spec = spec(pass.manifest());
    if (spec == null) {
      return;
    }
    ServicePlan service = pass.plan().service();
    List<ApiServer> servers = service == null ? viewer.apiServers() : service.candidates();
    checks.want(
        pass.owner().name(),
        config(spec.loadBalancer().healthCheck(), pass.plan().document() != null),
        servers.stream()
            .map(server -> new BackendAddress(server.address(), server.port()))
            .toList());
  }

  private static HealthCheckConfig config(HealthCheckSpec check, boolean slowly) {
    return new HealthCheckConfig(
        new HealthCheckConfig.Probe(check.type(), check.path(), check.timeout()),
        slowly ? SLOW : check.interval(),
        slowly ? SLOW : check.downInterval(),
        check.rise(),
        check.fall(),
        check.passive());
  }

  private static @Nullable ApiServerVipSpec spec(@Nullable Manifest manifest) {
    return manifest == null ? null : manifest.vip().spec();
  }

  private static void forget(
      String vip, VipBook book, ApiServerChecks checks, Map<String, StatusMemory> memory) {
    book.forget(vip);
    checks.forget(vip);
    memory.remove(vip);
  }
}
