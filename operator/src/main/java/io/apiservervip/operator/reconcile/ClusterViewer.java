package io.apiservervip.operator.reconcile;

import io.apiservervip.agentapi.Manifest;
import io.apiservervip.agentapi.Problem;
import io.apiservervip.agentapi.Reading;
import io.apiservervip.api.v1alpha1.SecretKeyRef;
import io.apiservervip.operator.model.ApiServer;
import io.apiservervip.operator.model.ClusterView;
import io.apiservervip.operator.model.NetworkRanges;
import io.apiservervip.operator.model.OperatorSettings;
import io.apiservervip.operator.model.Refusal;
import io.apiservervip.operator.model.RefusalReason;
import io.apiservervip.operator.model.Remembered;
import io.apiservervip.operator.model.SecretText;
import io.apiservervip.operator.model.VipFacts;
import io.apiservervip.operator.model.VipPlan;
import io.apiservervip.operator.model.VipPlanner;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** From the caches to the planner's view of the cluster, and to the plan of one resource. */
final class ClusterViewer {
  private final ClusterCache cache;
  private final VipBook book;
  private final NetworkRanges ranges;
  private final OperatorSettings settings;

  ClusterViewer(ClusterCache cache, VipBook book, NetworkRanges ranges, OperatorSettings settings) {
    this.cache = cache;
    this.book = book;
    this.ranges = ranges;
    this.settings = settings;
  }

  /** The plan of a resource, also of one that cannot be read. */
  VipPlan plan(ApiServerVipResource vip, List<HasMetadata> made) {
    return switch (book.manifest(vip)) {
      case Reading.Accepted<Manifest>(Manifest manifest, List<String> _) ->
          VipPlanner.plan(facts(vip, manifest, made), view());
      case Reading.Refused<Manifest>(List<Problem> problems) ->
          unreadable(vip, problems.getFirst(), made);
    };
  }

  private VipPlan unreadable(ApiServerVipResource vip, Problem problem, List<HasMetadata> made) {
    Long generation = vip.getMetadata().getGeneration();
    String path = problem.path().isEmpty() ? "spec" : problem.path();
    String message =
        problem.subject() == null ? problem.message() : problem.subject() + " " + problem.message();
    return new VipPlan.Refused(
        generation == null ? 0 : generation,
        new Refusal(RefusalReason.INVALID_SPEC, path, message),
        remembered(made).document(),
        null);
  }

  private ClusterView view() {
    List<VipFacts> vips = vips();
    return new ClusterView(
        cache.nodes().stream().map(ClusterFacts::node).toList(),
        apiServers(),
        vips,
        secrets(vips),
        cache.services().stream().map(ClusterFacts::service).toList(),
        ranges,
        settings);
  }

  /** From the slices of default/kubernetes. */
  List<ApiServer> apiServers() {
    return cache.kubernetes().stream()
        .flatMap(slice -> ClusterFacts.apiServers(slice).stream())
        .distinct()
        .toList();
  }

  /** The same for the operator's own connection. */
  List<io.apiservervip.agent.kube.ApiServer> servers() {
    return apiServers().stream()
        .map(
            server ->
                new io.apiservervip.agent.kube.ApiServer(
                    server.address().getHostAddress(), server.port()))
        .toList();
  }

  /** All resources that can be read and are not on their way out. */
  private List<VipFacts> vips() {
    List<VipFacts> facts = new ArrayList<>();
    for (ApiServerVipResource vip : cache.vips()) {
      if (book.manifest(vip)
          instanceof Reading.Accepted<Manifest>(Manifest manifest, List<String> _)) {
        facts.add(facts(vip, manifest, cache.made(Owner.of(vip))));
      }
    }
    return facts;
  }

  private VipFacts facts(ApiServerVipResource vip, Manifest manifest, List<HasMetadata> made) {
    return new VipFacts(manifest.vip(), ClusterFacts.created(vip), remembered(made));
  }

  private Remembered remembered(List<HasMetadata> made) {
    HasMetadata object = document(made);
    List<ApiServer> published = Published.apiServers(made);
    return object == null
        ? new Remembered(null, Map.of(), published)
        : new Remembered(book.document(object), DocumentResource.ranks(object), published);
  }

  /** The object that holds the document; of two the one whose content can be read. */
  private @Nullable HasMetadata document(List<HasMetadata> made) {
    List<HasMetadata> candidates =
        made.stream()
            .filter(object -> object instanceof ConfigMap || object instanceof Secret)
            .toList();
    Stream<HasMetadata> readable =
        candidates.stream().filter(object -> book.document(object) != null);
    return readable.findFirst().orElse(candidates.isEmpty() ? null : candidates.getFirst());
  }

  private Map<SecretKeyRef, SecretText> secrets(List<VipFacts> vips) {
    Map<String, Secret> byName = new HashMap<>();
    cache.secrets().forEach(secret -> byName.put(secret.getMetadata().getName(), secret));
    Map<SecretKeyRef, SecretText> found = new HashMap<>();
    for (VipFacts vip : vips) {
      SecretKeyRef ref = vip.vip().spec().vrrp().authentication().passwordSecretRef();
      Secret secret = ref == null ? null : byName.get(ref.name());
      String data = secret == null || ref == null ? null : data(secret, ref);
      String text = data == null ? null : Base64Text.decode(data);
      if (ref != null && text != null) {
        found.put(ref, new SecretText(text));
      }
    }
    return found;
  }

  private static @Nullable String data(Secret secret, SecretKeyRef ref) {
    return ClusterFacts.orEmpty(secret.getData()).get(ref.key());
  }
}
