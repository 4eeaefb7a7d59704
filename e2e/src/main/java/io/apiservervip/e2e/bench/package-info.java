/** Benchmarks with today's peers beside ours, on the same hosts in the same run. */
@NullMarked
package io.apiservervip.e2e.bench;

import org.jspecify.annotations.NullMarked;
