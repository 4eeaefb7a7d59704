/**
 * Which replica of the operator leads: an election by a Lease.
 *
 * <p>{@link io.apiservervip.operator.lead.Leadership} is pure; {@link
 * io.apiservervip.operator.lead.LeaseLoop} is the thread that reads and writes the Lease. Loss of
 * the Lease or of every API server ends the leading, never the process. May import fabric8's client
 * and SLF4J.
 */
@NullMarked
package io.apiservervip.operator.lead;

import org.jspecify.annotations.NullMarked;
