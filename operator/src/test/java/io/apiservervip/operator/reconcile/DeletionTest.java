package io.apiservervip.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.apiservervip.operator.model.VipPlan;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeletionTest {
  private static final VipPlan.Accepted PLAN =
      new VipPlan.Accepted(1, null, Map.of(), null, null, List.of(), null);

  private final KubernetesSerialization serialization = new KubernetesSerialization();

  @ParameterizedTest(name = "Ready {0}, confirmed {1}: {2}")
  @CsvSource({
    "'True', '', false",
    "'True', 'true', true",
    "'True', 'door', true",
    "'True', 'other', false",
    "'False', '', true",
    "'Unknown', '', true",
  })
  void aResourceThatIsReadyGoesOnlyWhenThatIsConfirmed(
      String ready, String confirmed, boolean allowed) {
    assertThat(Deletion.allowed(vip(ready, confirmed))).isEqualTo(allowed);
  }

  @Test
  void aResourceWithoutStatusMayGo() {
    ApiServerVipResource vip = vip("True", "");
    vip.setStatus(null);

    assertThat(Deletion.allowed(vip)).isTrue();
  }

  @Test
  void aDeletionThatWaitsSaysHowToCarryItOut() {
    ApiServerVipResource vip = vip("True", "");
    vip.getMetadata().setDeletionTimestamp("2026-11-20T22:30:00Z");

    assertThat(((VipPlan.Accepted) Deletion.noted(vip, PLAN)).notes().getFirst().line())
        .isEqualTo(
            "metadata.deletionTimestamp: the deletion waits, because clients may be using this way"
                + " to the API servers; to carry it out: kubectl annotate apiservervip door"
                + " apiservervip.io/confirm-delete=true");
  }

  @Test
  void aPlanOfAResourceThatStaysIsNotTouched() {
    assertThat(Deletion.noted(vip("True", ""), PLAN)).isSameAs(PLAN);
  }

  private ApiServerVipResource vip(String ready, String confirmed) {
    return serialization.unmarshal(
        """
        apiVersion: apiservervip.io/v1alpha1
        kind: ApiServerVip
        metadata: {name: door, annotations: {apiservervip.io/confirm-delete: "%s"}}
        spec: {}
        status: {conditions: [{type: Accepted, status: "True"}, {type: Ready, status: "%s"}]}
        """
            .formatted(confirmed, ready),
        ApiServerVipResource.class);
  }
}
