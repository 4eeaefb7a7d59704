package io.apiservervip.e2e.nodes;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The image that holds the namespaces of a pod: one program of 129 bytes that sleeps, for amd64. No
 * registry is asked for it.
 */
final class PauseImage {
  static final String NAME = "localhost/pause:1";

  private static final int HEADERS = 120;
  private static final long BASE = 0x40_0000;

  /** {@code pause()} without end. */
  private static final byte[] CODE = HexFormat.of().parseHex("b8220000000f05ebf7");

  private PauseImage() {}

  /** Writes the archive, as {@code ctr images import} takes it. */
  static Path write(Path directory) throws IOException, InterruptedException {
    Path content = Files.createDirectories(directory.resolve("pause-content"));
    Path program = Files.write(content.resolve("pause"), program());
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    Path tar = directory.resolve("pause-layer.tar");
    Machine.run(10, "tar", "-C", content.toString(), "-cf", tar.toString(), "pause");
    Path image = Files.createDirectories(directory.resolve("pause-image"));
    Files.createDirectories(image.resolve("blobs/sha256"));
    byte[] layer = Files.readAllBytes(tar);
    String layerDigest = blob(image, layer);
    String configuration =
        """
        {"architecture":"amd64","os":"linux","config":{"Entrypoint":["/pause"]},
         "rootfs":{"type":"layers","diff_ids":["sha256:%s"]}}
        """
            .formatted(layerDigest);
    String manifest =
        """
        {"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json",
         "config":{"mediaType":"application/vnd.oci.image.config.v1+json","digest":"sha256:%s","size":%d},
         "layers":[{"mediaType":"application/vnd.oci.image.layer.v1.tar","digest":"sha256:%s","size":%d}]}
        """
            .formatted(
                blob(image, configuration.getBytes(StandardCharsets.US_ASCII)),
                configuration.length(),
                layerDigest,
                layer.length);
    Files.writeString(image.resolve("oci-layout"), "{\"imageLayoutVersion\":\"1.0.0\"}");
    Files.writeString(
        image.resolve("index.json"),
        """
        {"schemaVersion":2,"manifests":[{"mediaType":"application/vnd.oci.image.manifest.v1+json",
         "digest":"sha256:%s","size":%d,"platform":{"architecture":"amd64","os":"linux"},
         "annotations":{"io.containerd.image.name":"%s"}}]}
        """
            .formatted(
                blob(image, manifest.getBytes(StandardCharsets.US_ASCII)),
                manifest.length(),
                NAME));
    Path archive = directory.resolve("pause.tar");
    Machine.run(10, "tar", "-C", image.toString(), "-cf", archive.toString(), ".");
    return archive;
  }

  /** Writes content under its digest. */
  private static String blob(Path image, byte[] content) throws IOException {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
      String name = HexFormat.of().formatHex(digest);
      Files.write(image.resolve("blobs/sha256").resolve(name), content);
      return name;
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** An ELF header, one program header, the code. */
  private static byte[] program() {
    int size = HEADERS + CODE.length;
    ByteBuffer elf = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    elf.put(HexFormat.of().parseHex("7f454c46020101000000000000000000"));
    elf.putShort((short) 2).putShort((short) 0x3e).putInt(1); // executable, x86-64
    elf.putLong(BASE + HEADERS).putLong(64).putLong(0).putInt(0); // entry, program headers
    elf.putShort((short) 64).putShort((short) 56).putShort((short) 1);
    elf.putShort((short) 0).putShort((short) 0).putShort((short) 0);
    elf.putInt(1).putInt(5).putLong(0).putLong(BASE).putLong(BASE); // load, read and execute
    elf.putLong(size).putLong(size).putLong(0x1000);
    elf.put(CODE);
    return elf.array();
  }
}
