package io.apiservervip.e2e.image;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Both images, made by {@code ./images} from the programs of the last build and loaded by a
 * containerd; all that belongs to them is in one directory and goes with it.
 */
record Images(Path scratch, Containerd containerd, ImageArchive agent, ImageArchive operator)
    implements AutoCloseable {
  private static final String MANIFESTS = "helm/manifests/apiserver-vip.yaml";
  private static final Path REPOSITORY =
      Path.of(System.getProperty("repository.root", "..")).toAbsolutePath().normalize();
  private static final long PATIENCE_SECONDS = 300;
  private static final YAMLMapper YAML = new YAMLMapper();

  static Images load() throws IOException, InterruptedException {
    Path scratch = Files.createTempDirectory("apiserver-vip-images");
    Command.run(
        scratch.resolve("images.log"),
        PATIENCE_SECONDS,
        List.of(REPOSITORY.resolve("images").toString(), "--no-build"));
    ImageArchive agent = archive("node-agent", scratch);
    ImageArchive operator = archive("operator", scratch);
    Containerd containerd = Containerd.start(scratch);
    containerd.load(agent.file());
    containerd.load(operator.file());
    return new Images(scratch, containerd, agent, operator);
  }

  private static ImageArchive archive(String name, Path scratch)
      throws IOException, InterruptedException {
    return ImageArchive.unpacked(
        REPOSITORY.resolve(name + "/target/image/" + name + ".tar"), scratch);
  }

  /** What the DaemonSet allows an agent. */
  static PodRules ofAgents() throws IOException {
    Path skeleton =
        REPOSITORY.resolve(
            "operator/src/main/resources/io/apiservervip/operator/reconcile/daemonset.yaml");
    return new PodRules(YAML.readTree(skeleton.toFile()).at("/spec/template/spec"));
  }

  /** What the Deployment allows an operator. */
  static PodRules ofOperator() throws IOException {
    return new PodRules(deployment().at("/spec/template/spec"));
  }

  /** The operator's image as its Deployment names it. */
  static String ofDeployment() throws IOException {
    return deployment().at("/spec/template/spec/containers/0/image").asText();
  }

  private static JsonNode deployment() throws IOException {
    String all = Files.readString(REPOSITORY.resolve(MANIFESTS));
    for (String document : all.split("(?m)^---$", -1)) {
      JsonNode object = YAML.readTree(document);
      if (object.path("kind").asText().equals("Deployment")) {
        return object;
      }
    }
    throw new IOException(MANIFESTS + " has no Deployment");
  }

  @Override
  public void close() throws IOException {
    containerd.close();
    List<Path> files;
    try (Stream<Path> all = Files.walk(scratch)) {
      files = all.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path file : files) {
      Files.deleteIfExists(file);
    }
  }
}
