package io.apiservervip.agent;

import io.apiservervip.agent.config.ManifestFile;
import io.apiservervip.agentapi.AgentConfig;
import io.apiservervip.agentapi.ConfigResolution;
import io.apiservervip.agentapi.Manifest;
import io.apiservervip.agentapi.MemberConfig;
import io.apiservervip.agentapi.Problem;
import io.apiservervip.agentapi.Reading;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A manifest that an agent in file mode would run from, as written and as resolved. */
record CheckedManifest(Manifest manifest, AgentConfig config) {

  /** Reads the file as {@code run} would; the notes say what has no effect in file mode. */
  static Reading<CheckedManifest> read(Path file) {
    return switch (ManifestFile.read(file)) {
      case Reading.Refused<Manifest>(List<Problem> problems) -> new Reading.Refused<>(problems);
      case Reading.Accepted<Manifest>(Manifest manifest, List<String> notes) ->
          resolve(manifest, notes);
    };
  }

  private static Reading<CheckedManifest> resolve(Manifest manifest, List<String> notes) {
    return switch (ConfigResolution.resolve(manifest.vip())) {
      case Reading.Refused<AgentConfig>(List<Problem> problems) -> new Reading.Refused<>(problems);
      case Reading.Accepted<AgentConfig>(AgentConfig config, List<String> more) -> {
        List<String> all = new ArrayList<>(notes);
        all.addAll(more);
        yield new Reading.Accepted<>(new CheckedManifest(manifest, config), all);
      }
    };
  }

  /** Lines that forbid to run it on this node, or on one of its members where none is named. */
  List<String> faults(@Nullable String node) {
    if (node != null && config.member(node) == null) {
      return List.of(ManifestCheck.notMember(config, node));
    }
    return config.members().stream()
        .map(MemberConfig::node)
        .filter(member -> node == null || member.equals(node))
        .flatMap(member -> ManifestCheck.loops(config, member).stream())
        .distinct()
        .toList();
  }
}
