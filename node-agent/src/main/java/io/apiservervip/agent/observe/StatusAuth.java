package io.apiservervip.agent.observe;

import org.jspecify.annotations.Nullable;

/** Who may read the status port. Any thread. */
public interface StatusAuth {
  /** Nobody is asked for a password. */
  StatusAuth NONE = _ -> new Open();

  /** What is to be done with a request that carries this {@code Authorization} header. */
  Verdict judge(@Nullable String authorization);

  /** What is wrong with the authentication itself, one line; null where nothing is. */
  default @Nullable String warning() {
    return null;
  }

  /** What is to be done with a request. */
  sealed interface Verdict {}

  /** No authentication is set. */
  record Open() implements Verdict {}

  /** A known user with the right password. */
  record Admitted() implements Verdict {}

  /** Nobody known. */
  record Refused() implements Verdict {}

  /** Nobody can be judged: fail closed. */
  record Unavailable() implements Verdict {}
}
