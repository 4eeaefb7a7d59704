package io.apiservervip.agent.kube;

import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.ConnectException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.UnresolvedAddressException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Says in one line why an API server gave no answer, or what it answered. */
public final class ApiFailure {
  private static final int MAX_LENGTH = 200;

  private ApiFailure() {}

  /** The line, of 200 characters at most, without the classes of the exception. */
  public static String text(Throwable failure) {
    Throwable root = unwrapped(failure);
    return switch (root) {
      case HttpTimeoutException _ -> "no answer within 2 s";
      case TimeoutException _ -> "no answer within 2 s";
      case CancellationException _ -> "given up";
      case UnresolvedAddressException _ -> "its name is not known";
      case ClosedChannelException _ -> "the connection was closed";
      case KubernetesClientException answered when answered.getStatus() != null ->
          line(answered.getStatus().getMessage(), "status " + answered.getCode());
      case ConnectException refused -> "no connection: " + message(refused, "refused");
      default -> message(root, root.getClass().getSimpleName());
    };
  }

  private static Throwable unwrapped(Throwable failure) {
    Throwable root = failure;
    while (wraps(root) && root.getCause() != null) {
      root = root.getCause();
    }
    while (root instanceof ConnectException
        && root.getMessage() == null
        && root.getCause() instanceof ConnectException cause) {
      root = cause;
    }
    return root;
  }

  private static boolean wraps(Throwable failure) {
    return failure instanceof CompletionException
        || failure instanceof ExecutionException
        || (failure instanceof KubernetesClientException answer && answer.getStatus() == null);
  }

  private static String message(Throwable failure, String otherwise) {
    return line(failure.getMessage(), otherwise);
  }

  private static String line(@Nullable String text, String otherwise) {
    String line = text == null ? otherwise : text.lines().findFirst().orElse(otherwise);
    return line.length() > MAX_LENGTH ? line.substring(0, MAX_LENGTH) : line;
  }
}
