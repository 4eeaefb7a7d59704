package io.apiservervip.operator.model;

import io.apiservervip.api.v1alpha1.AuthenticationSpec;
import io.apiservervip.api.v1alpha1.Password;
import io.apiservervip.api.v1alpha1.SecretKeyRef;
import org.jspecify.annotations.Nullable;

/** Looks the password of version 2 up. */
final class PasswordRule {
  private static final String FIELD = "spec.vrrp.authentication.passwordSecretRef";

  private PasswordRule() {}

  /** What stands against the reference; null: nothing, or there is none. */
  static @Nullable Refusal check(AuthenticationSpec authentication, ClusterView cluster) {
    SecretKeyRef ref = authentication.passwordSecretRef();
    if (ref == null) {
      return null;
    }
    String name = cluster.settings().namespace() + "/" + ref.name();
    SecretText secret = cluster.secrets().get(ref);
    if (secret == null) {
      return new Refusal(
          RefusalReason.SECRET_MISSING,
          FIELD,
          "Secret "
              + name
              + " with key "
              + ref.key()
              + " does not exist; create it: kubectl -n "
              + cluster.settings().namespace()
              + " create secret generic "
              + ref.name()
              + " --from-literal="
              + ref.key()
              + "=...");
    }
    return read(secret) == null
        ? new Refusal(
            RefusalReason.SECRET_INVALID,
            FIELD,
            "Secret "
                + name
                + " has no password of 1..8 bytes at key "
                + ref.key()
                + "; replace its value")
        : null;
  }

  /** The password; null without authentication. The reference was found good. */
  static @Nullable Password password(AuthenticationSpec authentication, ClusterView cluster) {
    SecretKeyRef ref = authentication.passwordSecretRef();
    SecretText secret = ref == null ? null : cluster.secrets().get(ref);
    return secret == null ? authentication.password() : read(secret);
  }

  /** A line end comes from the editor that the file was made with, not from its author. */
  private static @Nullable Password read(SecretText secret) {
    try {
      return new Password(secret.text().replaceFirst("\r?\n\\z", ""));
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
