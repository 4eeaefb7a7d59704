package io.apiservervip.e2e.image;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** An OCI archive, unpacked into a directory: its name, configuration and layers. */
record ImageArchive(Path file, Path layout) {
  private static final JsonMapper JSON = new JsonMapper();
  private static final long PATIENCE_SECONDS = 30;

  static ImageArchive unpacked(Path file, Path scratch) throws IOException, InterruptedException {
    Path layout = Files.createDirectory(scratch.resolve(file.getFileName() + ".layout"));
    Command.run(
        scratch.resolve("tar.log"),
        PATIENCE_SECONDS,
        List.of("tar", "-xf", file.toString(), "-C", layout.toString()));
    return new ImageArchive(file, layout);
  }

  private JsonNode manifestEntry() throws IOException {
    return JSON.readTree(layout.resolve("index.json").toFile()).at("/manifests/0");
  }

  /** As containerd and Docker name the image. */
  String name() throws IOException {
    return manifestEntry().path("annotations").path("io.containerd.image.name").asText();
  }

  /** As Podman and Skopeo name it. */
  String referenceName() throws IOException {
    return manifestEntry().path("annotations").path("org.opencontainers.image.ref.name").asText();
  }

  private JsonNode manifest() throws IOException {
    return JSON.readTree(blob(manifestEntry()).toFile());
  }

  JsonNode configuration() throws IOException {
    return JSON.readTree(blob(manifest().path("config")).toFile());
  }

  List<String> layerDigests() throws IOException {
    return manifest().path("layers").findValuesAsText("digest");
  }

  /** Bytes of the tree that the layers after the first one, which is the base, unpack to. */
  long bytesWithoutBase(Path scratch) throws IOException, InterruptedException {
    long bytes = 0;
    JsonNode layers = manifest().path("layers");
    for (int i = 1; i < layers.size(); i++) {
      String list =
          Command.run(
              scratch.resolve("list.log"),
              PATIENCE_SECONDS,
              List.of("tar", "-tvzf", blob(layers.get(i)).toString()));
      bytes += list.lines().mapToLong(line -> Long.parseLong(line.split(" +", 4)[2])).sum();
    }
    return bytes;
  }

  private Path blob(JsonNode descriptor) {
    return layout.resolve("blobs").resolve(descriptor.path("digest").asText().replace(':', '/'));
  }
}
