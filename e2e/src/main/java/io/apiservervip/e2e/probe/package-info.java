/**
 * What a client sees: servers that answer with their host's name, and a client that opens a
 * connection every few milliseconds and records every gap without an answer.
 */
@NullMarked
package io.apiservervip.e2e.probe;

import org.jspecify.annotations.NullMarked;
