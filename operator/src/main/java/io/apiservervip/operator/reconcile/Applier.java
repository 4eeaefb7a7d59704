package io.apiservervip.operator.reconcile;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes objects of ours by server-side apply, each only where it does not stand as it should.
 * Remembers what it wrote, so that neither a cache that lags behind nor a text that the API server
 * normalises leads to a second write. Any thread, one at a time for a resource.
 */
final class Applier {
  private static final Logger LOG = LoggerFactory.getLogger(Applier.class);
  private static final int CLIENT_ERROR = 400;
  private static final int SERVER_ERROR = 500;
  private static final int TOO_MANY = 429;

  private final KubernetesClient client;
  private final Map<Key, Written> memory = new ConcurrentHashMap<>();

  /** What came of it. */
  sealed interface Outcome {
    /** It stands as it should. */
    record Stands() implements Outcome {}

    /**
     * It does not.
     *
     * @param message a sentence for people: what stands against it, and the remedy
     */
    record Failed(String message) implements Outcome {}
  }

  private record Key(String kind, String namespace, String name) {}

  /** What was written, over which version, and which version came of it. */
  private record Written(String digest, String over, String version) {}

  Applier(KubernetesClient client) {
    this.client = client;
  }

  /**
   * Has the object stand as wanted.
   *
   * @param live as the cache has it; null: the cache has none of ours
   * @throws KubernetesClientException where the API server cannot be asked; worth a retry
   */
  Outcome apply(Owner owner, @Nullable HasMetadata live, HasMetadata wanted) {
    HasMetadata standing = live == null ? resource(wanted).get() : live;
    if (standing != null && !owner.owns(standing)) {
      return new Outcome.Failed(foreign(owner, standing));
    }
    String digest = sign(wanted);
    if (standing != null && stands(standing, wanted, digest)) {
      return new Outcome.Stands();
    }
    return write(standing, wanted, digest);
  }

  /** Has the object gone; what is not ours was never in the cache. */
  void delete(HasMetadata live) {
    memory.remove(key(live));
    resource(live).delete();
    log(live, "deleted");
  }

  private Outcome write(@Nullable HasMetadata standing, HasMetadata wanted, String digest) {
    if (standing != null) {
      // refused if meanwhile somebody else put another one in its place
      wanted.getMetadata().setUid(standing.getMetadata().getUid());
    }
    try {
      HasMetadata now =
          client
              .resource(wanted)
              .fieldManager(Names.FIELD_MANAGER)
              .forceConflicts()
              .serverSideApply();
      String over = standing == null ? "" : version(standing);
      memory.put(key(wanted), new Written(digest, over, version(now)));
      if (!over.equals(version(now))) {
        log(wanted, "applied");
      }
      return new Outcome.Stands();
    } catch (KubernetesClientException e) {
      if (e.getCode() < CLIENT_ERROR || e.getCode() >= SERVER_ERROR || e.getCode() == TOO_MANY) {
        throw e;
      }
      return new Outcome.Failed(refusal(wanted, e));
    }
  }

  private boolean stands(HasMetadata standing, HasMetadata wanted, String digest) {
    Written last = memory.get(key(wanted));
    String version = version(standing);
    if (last != null
        && last.digest().equals(digest)
        && (version.equals(last.version()) || version.equals(last.over()))) {
      return true;
    }
    if (!digest.equals(applied(standing))) {
      return false;
    }
    return Covering.covers(tree(standing), tree(wanted));
  }

  /** Marks the object with the digest of its own content. */
  private String sign(HasMetadata wanted) {
    String digest = Digest.of(client.getKubernetesSerialization().asJson(wanted));
    Map<String, String> annotations =
        new TreeMap<>(ClusterFacts.orEmpty(wanted.getMetadata().getAnnotations()));
    annotations.put(Names.APPLIED, digest);
    wanted.getMetadata().setAnnotations(annotations);
    return digest;
  }

  private static String applied(HasMetadata standing) {
    String digest =
        ClusterFacts.orEmpty(standing.getMetadata().getAnnotations()).get(Names.APPLIED);
    return Objects.requireNonNullElse(digest, "");
  }

  private ObjectNode tree(HasMetadata object) {
    return client.getKubernetesSerialization().convertValue(object, ObjectNode.class);
  }

  private <T extends HasMetadata> Resource<T> resource(T object) {
    return client.resource(object);
  }

  private static String foreign(Owner owner, HasMetadata standing) {
    String other = Owner.vipOf(standing);
    return shown(standing)
        + (other == null
            ? " was not made by this operator and is left alone; rename or delete it"
            : " belongs to ApiServerVip " + other + ", not to " + owner.name());
  }

  private static String refusal(HasMetadata wanted, KubernetesClientException e) {
    return shown(wanted) + " was refused by the API server: " + Refusals.words(e);
  }

  private static void log(HasMetadata object, String what) {
    LOG.atInfo().addKeyValue("object", shown(object)).log(what);
  }

  /** Such as {@code ConfigMap apiserver-vip/apiserver-vip-v}. */
  static String shown(HasMetadata object) {
    String namespace = object.getMetadata().getNamespace();
    return object.getKind()
        + " "
        + (namespace == null ? "" : namespace + "/")
        + object.getMetadata().getName();
  }

  private static String version(HasMetadata object) {
    return Objects.requireNonNullElse(object.getMetadata().getResourceVersion(), "");
  }

  private static Key key(HasMetadata object) {
    return new Key(
        object.getKind(),
        Objects.requireNonNullElse(object.getMetadata().getNamespace(), ""),
        object.getMetadata().getName());
  }
}
