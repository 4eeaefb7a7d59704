package io.apiservervip.operator.reconcile;

import io.apiservervip.agent.kube.ApiServer;
import io.apiservervip.operator.model.OperatorSettings;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.InstantSource;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * What one reign is given.
 *
 * @param client to the API server that is in use
 * @param clock wall clock, for conditions and heartbeats
 * @param leads whether this replica may still write
 * @param identity of this replica, named in Events
 * @param servers hears which API servers the cluster names
 */
public record Reigning(
    KubernetesClient client,
    OperatorSettings settings,
    InstantSource clock,
    BooleanSupplier leads,
    String identity,
    Consumer<List<ApiServer>> servers) {}
