/**
 * The resource {@code ApiServerVip} as records, field by field as the CRD has it. Where the schema
 * has a default the component is never null. Durations are {@link java.time.Duration}; addresses
 * are text, because a resource must be readable before its addresses are known to be good.
 */
@NullMarked
package io.apiservervip.api.v1alpha1;

import org.jspecify.annotations.NullMarked;
