package io.apiservervip.operator.reconcile;

import io.apiservervip.agent.kube.ApiFailure;
import io.apiservervip.api.v1alpha1.ApiServerVip;
import io.apiservervip.operator.status.EventPlan;
import io.fabric8.kubernetes.api.model.MicroTime;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import io.fabric8.kubernetes.api.model.events.v1.EventBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Raises Events about a resource, in namespace default because the resource has none. An Event that
 * cannot be written is logged and lost: it must not delay what it tells of.
 */
final class EventWriter {
  private static final Logger LOG = LoggerFactory.getLogger(EventWriter.class);
  private static final String NAMESPACE = "default";
  private static final String CONTROLLER = "apiservervip.io/operator";
  private static final int MAX_NOTE = 1000;
  private static final DateTimeFormatter MICROS =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

  private final KubernetesClient client;
  private final String instance;

  /**
   * Writes as this replica.
   *
   * @param instance its identity
   */
  EventWriter(KubernetesClient client, String instance) {
    this.client = client;
    this.instance = instance;
  }

  void raise(ApiServerVipResource vip, List<EventPlan> events, Instant now) {
    for (EventPlan event : events) {
      LOG.atInfo()
          .addKeyValue("vip", vip.getMetadata().getName())
          .addKeyValue("reason", event.reason())
          .log(event.message());
      try {
        client.resource(event(vip, event, now)).create();
      } catch (KubernetesClientException e) {
        LOG.atWarn().addKeyValue("error", ApiFailure.text(e)).log("an Event was not written");
      }
    }
  }

  private Event event(ApiServerVipResource vip, EventPlan event, Instant now) {
    String name = vip.getMetadata().getName();
    return new EventBuilder()
        .withNewMetadata()
        .withNamespace(NAMESPACE)
        .withGenerateName(name + "-")
        .endMetadata()
        .withEventTime(new MicroTime(MICROS.format(now)))
        .withReportingController(CONTROLLER)
        .withReportingInstance(instance)
        .withType(event.type().text())
        .withReason(event.reason())
        .withAction("Reconcile")
        .withNote(cut(event.message()))
        .withNewRegarding()
        .withApiVersion(ApiServerVip.API_VERSION)
        .withKind(ApiServerVip.KIND)
        .withName(name)
        .withUid(vip.getMetadata().getUid())
        .endRegarding()
        .build();
  }

  /** The API server takes a note of 1 KB. */
  private static String cut(String text) {
    return text.length() <= MAX_NOTE ? text : text.substring(0, MAX_NOTE - 3) + "...";
  }
}
