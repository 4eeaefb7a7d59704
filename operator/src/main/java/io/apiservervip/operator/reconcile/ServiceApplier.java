package io.apiservervip.operator.reconcile;

import io.apiservervip.operator.model.EndpointsDecision;
import io.apiservervip.operator.model.EndpointsPlan;
import io.apiservervip.operator.model.EndpointsPlanner;
import io.apiservervip.operator.model.ServicePlan;
import io.apiservervip.operator.model.Verdicts;
import io.apiservervip.operator.reconcile.Applier.Outcome;
import io.apiservervip.operator.status.ServiceState;
import io.fabric8.kubernetes.api.model.Endpoints;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Brings the Service of a resource in line with its plan: the Service, then its endpoints, then
 * what an earlier plan left. A Service of ours that must not be written keeps its endpoints in step
 * all the same.
 */
final class ServiceApplier {
  private final Applier applier;

  ServiceApplier(Applier applier) {
    this.applier = applier;
  }

  /**
   * One pass.
   *
   * @param writeService false: the resource is refused, so the Service itself stays as it is
   * @param made what stands for this resource
   */
  ServiceState apply(
      Owner owner,
      ServicePlan plan,
      boolean writeService,
      Verdicts verdicts,
      List<HasMetadata> made) {
    Service live = service(plan, made);
    List<String> errors = new ArrayList<>();
    if (writeService && plan.blocked() == null) {
      note(errors, applier.apply(owner, live, ApiServerService.wanted(owner, plan, live)));
    }
    EndpointsPlan published = Published.of(made, plan.namespace(), plan.name());
    boolean ours = !plan.foreign() && (live != null || errors.isEmpty());
    EndpointsPlan after =
        ours ? endpoints(owner, plan, verdicts, published, made, errors) : published;
    if (errors.isEmpty() && plan.blocked() == null) {
      deleteAllBut(plan, made);
    }
    return new ServiceState(
        live == null ? null : ClusterFacts.service(live),
        after,
        errors.isEmpty() ? null : errors.getFirst());
  }

  /** Nobody wants a Service any more. */
  void remove(List<HasMetadata> made) {
    made.stream().filter(ServiceApplier::ofService).forEach(applier::delete);
  }

  /** Whether an object belongs to a Service, or is one. */
  static boolean ofService(HasMetadata object) {
    return object instanceof Service
        || object instanceof Endpoints
        || object instanceof EndpointSlice;
  }

  private @Nullable EndpointsPlan endpoints(
      Owner owner,
      ServicePlan plan,
      Verdicts verdicts,
      @Nullable EndpointsPlan published,
      List<HasMetadata> made,
      List<String> errors) {
    return switch (EndpointsPlanner.decide(plan, verdicts, published)) {
      case EndpointsDecision.Keep _ -> published;
      case EndpointsDecision.Write(EndpointsPlan wanted) -> {
        List<EndpointSlice> slices = ApiServerSlices.wanted(owner, wanted);
        for (EndpointSlice slice : slices) {
          note(errors, applier.apply(owner, PlanApplier.standing(made, slice), slice));
        }
        Endpoints legacy = ApiServerEndpoints.wanted(owner, wanted);
        note(errors, applier.apply(owner, PlanApplier.standing(made, legacy), legacy));
        List<String> names = slices.stream().map(slice -> slice.getMetadata().getName()).toList();
        delete(
            made,
            object ->
                object instanceof EndpointSlice && !names.contains(object.getMetadata().getName()));
        yield wanted;
      }
    };
  }

  /** A Service of another name or namespace, of an earlier spec, and its Endpoints. */
  private void deleteAllBut(ServicePlan plan, List<HasMetadata> made) {
    delete(
        made,
        object ->
            (object instanceof Service || object instanceof Endpoints)
                && !(object.getMetadata().getName().equals(plan.name())
                    && object.getMetadata().getNamespace().equals(plan.namespace())));
  }

  private void delete(List<HasMetadata> made, Predicate<HasMetadata> which) {
    made.stream().filter(which).forEach(applier::delete);
  }

  private static @Nullable Service service(ServicePlan plan, List<HasMetadata> made) {
    HasMetadata key =
        new ServiceBuilder()
            .withNewMetadata()
            .withNamespace(plan.namespace())
            .withName(plan.name())
            .endMetadata()
            .build();
    return PlanApplier.standing(made, key) instanceof Service service ? service : null;
  }

  private static void note(List<String> errors, Outcome outcome) {
    if (outcome instanceof Outcome.Failed(String message)) {
      errors.add(message);
    }
  }
}
