/**
 * Server-side apply as an API server does it, on JSON alone: fields and their owners, merge by key,
 * removal of what nobody applies any more. Values in, values out; no client, no clock.
 */
@NullMarked
package io.apiservervip.e2e.cluster.apply;

import org.jspecify.annotations.NullMarked;
