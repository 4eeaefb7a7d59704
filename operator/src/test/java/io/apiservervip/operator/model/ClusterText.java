package io.apiservervip.operator.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.apiservervip.agentapi.AgentConfig;
import io.apiservervip.agentapi.AgentConfigCodec;
import io.apiservervip.agentapi.IpLiteral;
import io.apiservervip.agentapi.IpPrefix;
import io.apiservervip.agentapi.Manifest;
import io.apiservervip.agentapi.Problem;
import io.apiservervip.agentapi.Reading;
import io.apiservervip.agentapi.VipReader;
import io.apiservervip.api.v1alpha1.SecretKeyRef;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A cluster from Kubernetes objects in YAML, as kubectl prints them, several in one text. */
final class ClusterText {
  private static final YAMLMapper YAML = new YAMLMapper();
  private static final OperatorSettings SETTINGS =
      new OperatorSettings(
          "apiserver-vip", "ghcr.io/apiserver-vip/node-agent:1.0.0", List.of("registry.example/*"));

  private final List<NodeFacts> nodes = new ArrayList<>();
  private final List<ApiServer> apiServers = new ArrayList<>();
  private final Map<String, VipFacts> vips = new HashMap<>();
  private final Map<SecretKeyRef, SecretText> secrets = new HashMap<>();
  private final List<ServiceFacts> services = new ArrayList<>();
  private final List<IpPrefix> serviceRanges = new ArrayList<>();
  private final Map<String, Remembered> remembered = new HashMap<>();

  static ClusterView read(String text) {
    ClusterText cluster = new ClusterText();
    try (MappingIterator<JsonNode> documents = YAML.readerFor(JsonNode.class).readValues(text)) {
      documents.forEachRemaining(cluster::add);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return cluster.view();
  }

  private ClusterView view() {
    List<VipFacts> all =
        vips.values().stream()
            .map(v -> new VipFacts(v.vip(), v.created(), rememberedOf(v.name())))
            .toList();
    return new ClusterView(
        nodes,
        apiServers,
        all,
        secrets,
        services,
        new NetworkRanges(serviceRanges, List.of()),
        SETTINGS);
  }

  private Remembered rememberedOf(String name) {
    return Objects.requireNonNullElse(remembered.get(name), Remembered.NOTHING);
  }

  private void add(JsonNode object) {
    String kind = object.path("kind").asText();
    switch (kind) {
      case "Node" -> nodes.add(node(object));
      case "EndpointSlice" -> addSlice(object);
      case "Service" -> services.add(service(object));
      case "Secret" -> addSecret(object);
      case "ServiceCIDR" -> each(object.at("/spec/cidrs"), c -> serviceRanges.add(prefix(c)));
      case "ConfigMap" -> addDocument(object);
      case "ApiServerVip" -> addVip(object);
      default -> throw new IllegalArgumentException("kind " + kind);
    }
  }

  private static NodeFacts node(JsonNode object) {
    List<InetAddress> ips = new ArrayList<>();
    each(
        object.at("/status/addresses"),
        a -> {
          if (a.path("type").asText().equals("InternalIP")) {
            ips.add(ip(a.path("address").asText()));
          }
        });
    List<IpPrefix> podCidrs = new ArrayList<>();
    each(object.at("/spec/podCIDRs"), c -> podCidrs.add(prefix(c)));
    return new NodeFacts(
        name(object),
        created(object),
        ips,
        texts(object.at("/metadata/labels")),
        texts(object.at("/metadata/annotations")),
        object.at("/spec/unschedulable").asBoolean(),
        podCidrs);
  }

  private void addSlice(JsonNode object) {
    int port = object.at("/ports/0/port").asInt();
    each(
        object.path("endpoints"),
        e -> each(e.path("addresses"), a -> apiServers.add(server(a.asText(), port))));
  }

  private static ApiServer server(String address, int port) {
    return new ApiServer(ip(address), port, null);
  }

  private static ServiceFacts service(JsonNode object) {
    List<InetAddress> clusterIps = new ArrayList<>();
    each(object.at("/spec/clusterIPs"), i -> clusterIps.add(ip(i.asText())));
    return new ServiceFacts(
        object.at("/metadata/namespace").asText(),
        name(object),
        clusterIps,
        texts(object.at("/metadata/labels")).get("apiservervip.io/vip"));
  }

  private void addSecret(JsonNode object) {
    texts(object.path("data"))
        .forEach(
            (key, value) ->
                secrets.put(
                    new SecretKeyRef(name(object), key),
                    new SecretText(
                        new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8))));
  }

  private void addDocument(JsonNode object) {
    String ranks = texts(object.at("/metadata/annotations")).getOrDefault(RankText.ANNOTATION, "");
    remembered.put(
        texts(object.at("/metadata/labels")).getOrDefault("apiservervip.io/vip", ""),
        new Remembered(
            document(object.at("/data/config.yaml").textValue()), RankText.read(ranks), List.of()));
  }

  private static @Nullable AgentConfig document(@Nullable String text) {
    if (text == null) {
      return null;
    }
    return switch (AgentConfigCodec.read(text)) {
      case Reading.Accepted<AgentConfig>(AgentConfig config, List<String> notes) -> config;
      case Reading.Refused<AgentConfig>(List<Problem> problems) ->
          throw new IllegalArgumentException(problems.toString());
    };
  }

  private void addVip(JsonNode object) {
    VipFacts facts =
        switch (VipReader.read(object.toString())) {
          case Reading.Accepted<Manifest>(Manifest manifest, List<String> notes) ->
              new VipFacts(manifest.vip(), created(object), Remembered.NOTHING);
          case Reading.Refused<Manifest>(List<Problem> problems) ->
              throw new IllegalArgumentException(problems.toString());
        };
    vips.put(facts.name(), facts);
  }

  private static String name(JsonNode object) {
    return object.at("/metadata/name").asText();
  }

  private static Instant created(JsonNode object) {
    return Instant.parse(object.at("/metadata/creationTimestamp").asText("2026-01-01T00:00:00Z"));
  }

  private static Map<String, String> texts(JsonNode object) {
    Map<String, String> texts = new HashMap<>();
    object.properties().forEach(field -> texts.put(field.getKey(), field.getValue().asText()));
    return texts;
  }

  private static void each(JsonNode list, Consumer<JsonNode> action) {
    list.forEach(action);
  }

  private static IpPrefix prefix(JsonNode text) {
    return Objects.requireNonNull(IpPrefix.parse(text.asText()));
  }

  static InetAddress ip(String text) {
    return Objects.requireNonNull(IpLiteral.parse(text), text);
  }
}
