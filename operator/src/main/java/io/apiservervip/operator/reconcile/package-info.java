/**
 * From resource to cluster: reads the caches, has {@code operator.model} plan, applies the plan in
 * order, and writes the status that {@code operator.status} assembled.
 *
 * <p>One class a dependent resource. Reconciliations run on the framework's threads, one at a time
 * for a resource. The only package, beside the composition root, that knows fabric8's models of
 * cluster objects.
 */
@NullMarked
package io.apiservervip.operator.reconcile;

import org.jspecify.annotations.NullMarked;
