package io.apiservervip.operator.model;

import io.apiservervip.api.v1alpha1.AgentSpec;
import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Which images agents may run: they are given powers over the node's network. */
final class ImageRule {
  private ImageRule() {}

  /** The image that the resource asks for, or the default. */
  static String image(AgentSpec agent, OperatorSettings settings) {
    return agent.image() == null ? settings.defaultImage() : agent.image();
  }

  static @Nullable Refusal check(AgentSpec agent, OperatorSettings settings) {
    String image = image(agent, settings);
    boolean allowed =
        image.equals(settings.defaultImage())
            || settings.allowedImages().stream().anyMatch(glob -> matches(glob, image));
    return allowed
        ? null
        : new Refusal(
            RefusalReason.IMAGE_NOT_ALLOWED,
            "spec.agent.image",
            image
                + " is not among the images that the operator allows ("
                + (settings.allowedImages().isEmpty()
                    ? settings.defaultImage() + " alone"
                    : String.join(", ", settings.allowedImages()))
                + "); remove the field, or start the operator with --allowed-images");
  }

  /** {@code *} stands for any text, also with slashes. */
  static boolean matches(String glob, String image) {
    return Pattern.matches(
        Arrays.stream(glob.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*")),
        image);
  }
}
