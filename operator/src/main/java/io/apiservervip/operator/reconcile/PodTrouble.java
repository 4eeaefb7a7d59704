package io.apiservervip.operator.reconcile;

import org.jspecify.annotations.Nullable;

/**
 * What keeps a pod from running, in the words of the kubelet or the scheduler. Pure.
 *
 * @param words such as {@code ErrImagePull: not found}; empty: nothing is known
 * @param remedy what a person does about it; empty: it may be over soon by itself
 */
record PodTrouble(String words, String remedy) {
  static final PodTrouble NONE = new PodTrouble("", "");

  private static final int MAX_WORDS = 400;
  private static final String DESCRIBE = "kubectl describe pod tells more";

  /** As a pod or container says why it waits or failed; a reason alone is enough. */
  static PodTrouble of(String reason, @Nullable String message) {
    String said = message == null ? "" : message.replaceAll("\\p{Cntrl}+", " ").strip();
    String words = said.isEmpty() ? reason : reason + ": " + said;
    return new PodTrouble(
        words.length() > MAX_WORDS ? words.substring(0, MAX_WORDS) + "..." : words, remedy(reason));
  }

  /** Whether somebody has to do something. */
  boolean lasting() {
    return !remedy.isEmpty();
  }

  private static String remedy(String reason) {
    return switch (reason) {
      case "ErrImagePull",
          "ImagePullBackOff",
          "InvalidImageName",
          "ErrImageNeverPull",
          "ImageInspectError",
          "RegistryUnavailable",
          "SignatureValidationFailed" ->
          "correct spec.agent.image or the chart's agent.image, bring the image to the node, or"
              + " give the registry's Secret in the chart's imagePullSecrets";
      case "CrashLoopBackOff", "Ended" -> "its log says why: kubectl logs --previous";
      case "Unschedulable" -> "see spec.tolerations and spec.agent.resources, and the node";
      case "CreateContainerConfigError",
          "CreateContainerError",
          "RunContainerError",
          "StartError",
          "PreCreateHookError",
          "PreStartHookError",
          "PostStartHookError" ->
          DESCRIBE;
      case "ContainerCreating", "PodInitializing" -> "";
      default -> reason.startsWith("Failed") ? DESCRIBE : "";
    };
  }
}
