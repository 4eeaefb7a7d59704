package io.apiservervip.operator.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.apiservervip.agentapi.AgentConfig;
import io.apiservervip.agentapi.AgentConfigCodec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A plan as YAML for people, of which every part is compared. */
final class PlanText {
  private static final YAMLMapper YAML =
      YAMLMapper.builder()
          .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
          .disable(YAMLGenerator.Feature.SPLIT_LINES)
          .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
          .enable(YAMLGenerator.Feature.INDENT_ARRAYS_WITH_INDICATOR)
          .build();

  private PlanText() {}

  static String write(VipPlan plan) {
    ObjectNode root = YAML.createObjectNode();
    switch (plan) {
      case VipPlan.Accepted accepted -> {
        root.put("accepted", true);
        if (accepted.withheld() != null) {
          putRefusal(root.putObject("withheld"), accepted.withheld());
        }
        if (!accepted.ranks().isEmpty()) {
          root.put("ranks", RankText.write(accepted.ranks()));
        }
        putAgents(root, accepted.agents());
        putNotes(root, accepted.notes());
      }
      case VipPlan.Refused refused -> {
        root.put("accepted", false);
        putRefusal(root.putObject("refusal"), refused.refusal());
      }
    }
    root.put("generation", plan.generation());
    if (plan.virtualRouterId() != null) {
      root.put("virtualRouterId", plan.virtualRouterId());
    }
    root.put("secret", plan.secret());
    putService(root, plan.service());
    putDocument(root, plan.document());
    try {
      return YAML.writeValueAsString(root);
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  private static void putRefusal(ObjectNode to, Refusal refusal) {
    to.put("reason", refusal.reason().text());
    to.put("line", refusal.line());
  }

  private static void putAgents(ObjectNode root, @Nullable AgentsPlan agents) {
    if (agents == null) {
      return;
    }
    ObjectNode to = root.putObject("agents");
    to.put("image", agents.image());
    to.put("imagePullPolicy", agents.imagePullPolicy().name());
    to.put("placement", agents.placement().toString());
    to.put("tolerations", agents.tolerations().toString());
    to.put("resources", agents.resources().toString());
    to.put("statusPort", agents.statusPort());
    to.put("gracePeriodSeconds", agents.gracePeriodSeconds());
  }

  private static void putNotes(ObjectNode root, List<Note> notes) {
    if (!notes.isEmpty()) {
      ArrayNode to = root.putArray("notes");
      notes.forEach(note -> to.add(note.line()));
    }
  }

  private static void putService(ObjectNode root, @Nullable ServicePlan service) {
    if (service == null) {
      return;
    }
    ObjectNode to = root.putObject("service");
    to.put("name", service.namespace() + "/" + service.name());
    to.put("port", service.port());
    if (service.clusterIp() != null) {
      to.put("clusterIP", service.clusterIp().getHostAddress());
    }
    ArrayNode candidates = to.putArray("candidates");
    for (ApiServer server : service.candidates()) {
      candidates.add(
          server.address().getHostAddress()
              + " port "
              + server.port()
              + (server.node() == null ? "" : " on " + server.node()));
    }
    if (service.blocked() != null) {
      putRefusal(to.putObject("blocked"), service.blocked());
    }
  }

  /** Of the document what planning decides; the rest is the resolution's, which has tests. */
  private static void putDocument(ObjectNode root, @Nullable AgentConfig document) {
    if (document == null) {
      return;
    }
    JsonNode tree;
    try {
      tree = YAML.readTree(AgentConfigCodec.write(document));
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
    ObjectNode to = root.putObject("document");
    to.set("name", tree.path("name"));
    to.set("generation", tree.path("generation"));
    if (tree.has("vrrp")) {
      to.set("group", tree.at("/vrrp/group"));
      to.set("addresses", tree.at("/vrrp/addresses"));
      to.set("addressLifetime", tree.at("/vrrp/addressLifetime"));
    }
    if (tree.has("loadBalancer")) {
      ArrayNode listeners = to.putArray("listeners");
      for (JsonNode listener : tree.at("/loadBalancer/listeners")) {
        ObjectNode copy = listener.deepCopy();
        copy.remove("healthCheck");
        listeners.add(copy);
      }
      to.set("backends", tree.at("/loadBalancer/backends"));
    }
    to.set("agent", tree.path("agent"));
    to.set("members", tree.path("members"));
  }
}
