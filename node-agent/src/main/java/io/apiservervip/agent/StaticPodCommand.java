package io.apiservervip.agent;

import io.apiservervip.agentapi.Problem;
import io.apiservervip.agentapi.Reading;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code manifest static-pod}: the pod that a kubelet runs without any API server. */
@Command(
    name = "static-pod",
    description = {
      "Prints the static pod that runs this agent from the manifest FILE, for",
      "/etc/kubernetes/manifests. The same output fits every member."
    },
    mixinStandardHelpOptions = true)
final class StaticPodCommand implements Callable<Integer> {
  private static final Pattern IMAGE =
      Pattern.compile("[a-zA-Z0-9][-a-zA-Z0-9._:/]{0,254}(@sha256:[0-9a-f]{64})?");

  @Spec private CommandSpec spec;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "The manifest, where the node has it; its directory is mounted.",
      required = true)
  private Path config;

  @Option(
      names = "--image",
      paramLabel = "IMG",
      description = "The agent's image.",
      required = true)
  private String image;

  @Option(
      names = "--node",
      paramLabel = "NAME",
      description = {
        "A node that must be among the members. The pod itself has the kubelet's node name."
      })
  private @Nullable String node;

  @SuppressWarnings("NullAway.Init") // picocli sets spec and the options
  StaticPodCommand() {}

  @Override
  public Integer call() {
    if (!IMAGE.matcher(image).matches()) {
      throw new ParameterException(
          spec.commandLine(), "--image: \"" + image + "\" is not a reference of an image");
    }
    return switch (CheckedManifest.read(config)) {
      case Reading.Refused<CheckedManifest>(List<Problem> problems) ->
          refuse(problems.stream().map(Problem::line).toList());
      case Reading.Accepted<CheckedManifest>(CheckedManifest checked, List<String> _) ->
          print(checked);
    };
  }

  private int print(CheckedManifest checked) {
    List<String> faults = checked.faults(node);
    if (!faults.isEmpty()) {
      return refuse(faults);
    }
    try {
      String pod = StaticPod.yaml(checked.manifest().vip(), image, config.toRealPath());
      spec.commandLine().getOut().print(pod);
      spec.commandLine().getOut().flush();
      return 0;
    } catch (IOException e) {
      return refuse(List.of(config + ": cannot be read: " + e.getMessage()));
    }
  }

  private int refuse(List<String> faults) {
    faults.forEach(spec.commandLine().getErr()::println);
    return 1;
  }
}
