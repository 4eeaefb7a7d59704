package io.apiservervip.operator.reconcile;

import io.apiservervip.api.v1alpha1.NodeSelectorSpec;
import io.apiservervip.api.v1alpha1.ResourcesSpec;
import io.apiservervip.api.v1alpha1.TolerationSpec;
import io.apiservervip.operator.model.AgentsPlan;
import io.apiservervip.operator.model.Placement;
import io.fabric8.kubernetes.api.model.AffinityBuilder;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.LabelSelectorBuilder;
import io.fabric8.kubernetes.api.model.NodeAffinityBuilder;
import io.fabric8.kubernetes.api.model.NodeSelectorBuilder;
import io.fabric8.kubernetes.api.model.NodeSelectorRequirement;
import io.fabric8.kubernetes.api.model.NodeSelectorTerm;
import io.fabric8.kubernetes.api.model.NodeSelectorTermBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import io.fabric8.kubernetes.api.model.Toleration;
import io.fabric8.kubernetes.api.model.TolerationBuilder;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The DaemonSet of the agents, from a skeleton in resources. No limit of CPU is ever set by itself:
 * a throttled agent would miss its adverts.
 */
final class AgentDaemonSet {
  private static final String SKELETON = "daemonset.yaml";
  private static final String COMPONENT = "app.kubernetes.io/component";

  private final KubernetesSerialization serialization;
  private final String skeleton;

  AgentDaemonSet(KubernetesSerialization serialization) {
    this.serialization = serialization;
    this.skeleton = read();
  }

  /** The object to be. */
  DaemonSet wanted(Owner owner, String namespace, AgentsPlan plan) {
    DaemonSet set = serialization.unmarshal(skeleton, DaemonSet.class);
    set.setMetadata(owner.meta(namespace, Names.agents(owner.name())));
    Map<String, String> podLabels = new TreeMap<>(owner.labels());
    podLabels.put(COMPONENT, "node-agent");
    set.getSpec()
        .setSelector(
            new LabelSelectorBuilder().addToMatchLabels(Names.VIP_LABEL, owner.name()).build());
    PodSpec pod = set.getSpec().getTemplate().getSpec();
    pod.setTerminationGracePeriodSeconds(plan.gracePeriodSeconds());
    pod.setTolerations(plan.tolerations().stream().map(AgentDaemonSet::toleration).toList());
    place(pod, plan.placement());
    fill(pod.getContainers().getFirst(), owner, namespace, plan);
    podLabels.put(Names.TEMPLATE, Digest.of(serialization.asJson(pod)));
    set.getSpec().getTemplate().setMetadata(new ObjectMetaBuilder().withLabels(podLabels).build());
    return set;
  }

  private static void fill(Container agent, Owner owner, String namespace, AgentsPlan plan) {
    agent.setImage(plan.image());
    agent.setImagePullPolicy(text(plan.imagePullPolicy()));
    agent.setResources(resources(plan.resources()));
    agent.setArgs(
        List.of("run", "--vip", owner.name(), "--node", "$(NODE_NAME)", "--namespace", namespace));
    IntOrString port = new IntOrString(plan.statusPort());
    agent.getLivenessProbe().getHttpGet().setPort(port);
    agent.getReadinessProbe().getHttpGet().setPort(port);
  }

  private static void place(PodSpec pod, Placement placement) {
    List<NodeSelectorTerm> terms =
        switch (placement) {
          case Placement.Selected(NodeSelectorSpec selector) -> terms(selector);
          case Placement.Named(List<String> nodes) ->
              nodes.stream().map(AgentDaemonSet::named).toList();
        };
    if (!terms.isEmpty()) {
      pod.setAffinity(
          new AffinityBuilder()
              .withNodeAffinity(
                  new NodeAffinityBuilder()
                      .withRequiredDuringSchedulingIgnoredDuringExecution(
                          new NodeSelectorBuilder().withNodeSelectorTerms(terms).build())
                      .build())
              .build());
    }
  }

  /** One term: all of it must hold; an empty selector stands for every node and has no term. */
  private static List<NodeSelectorTerm> terms(NodeSelectorSpec selector) {
    List<NodeSelectorRequirement> all = new ArrayList<>();
    if (selector.matchLabels() != null) {
      new TreeMap<>(selector.matchLabels())
          .forEach((key, value) -> all.add(new NodeSelectorRequirement(key, "In", List.of(value))));
    }
    if (selector.matchExpressions() != null) {
      selector
          .matchExpressions()
          .forEach(
              one ->
                  all.add(
                      new NodeSelectorRequirement(
                          one.key(), text(one.operator()), orEmpty(one.values()))));
    }
    return all.isEmpty()
        ? List.of()
        : List.of(new NodeSelectorTermBuilder().withMatchExpressions(all).build());
  }

  private static NodeSelectorTerm named(String node) {
    return new NodeSelectorTermBuilder()
        .withMatchFields(new NodeSelectorRequirement("metadata.name", "In", List.of(node)))
        .build();
  }

  private static Toleration toleration(TolerationSpec spec) {
    return new TolerationBuilder()
        .withKey(spec.key())
        .withOperator(spec.operator() == null ? null : text(spec.operator()))
        .withValue(spec.value())
        .withEffect(spec.effect() == null ? null : text(spec.effect()))
        .withTolerationSeconds(spec.tolerationSeconds())
        .build();
  }

  private static ResourceRequirements resources(ResourcesSpec spec) {
    return new ResourceRequirementsBuilder()
        .withRequests(quantities(spec.requests()))
        .withLimits(quantities(spec.limits()))
        .build();
  }

  private static @Nullable Map<String, Quantity> quantities(@Nullable Map<String, String> texts) {
    if (texts == null || texts.isEmpty()) {
      return null;
    }
    Map<String, Quantity> quantities = new TreeMap<>();
    texts.forEach((key, text) -> quantities.put(key, new Quantity(text)));
    return quantities;
  }

  private static List<String> orEmpty(@Nullable List<String> values) {
    return values == null ? List.of() : values;
  }

  private static String text(Enum<?> constant) {
    return RecordJson.text(constant);
  }

  private static String read() {
    try (InputStream in = AgentDaemonSet.class.getResourceAsStream(SKELETON)) {
      if (in == null) {
        throw new IllegalStateException(SKELETON + " is not in the jar");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
