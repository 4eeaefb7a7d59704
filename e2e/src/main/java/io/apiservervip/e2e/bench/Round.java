package io.apiservervip.e2e.bench;

import java.util.OptionalLong;

/**
 * One fault and what came of it.
 *
 * @param gapMillis longest span without an answer in which an attempt failed
 * @param longestSpanMillis longest span between two answers, whether or not one failed
 * @param failed attempts without an answer within 0.5 s
 * @param goneMillis from the fault until the old host had lost the address; empty: not while it was
 *     watched
 * @param sharedMillis longest time with the address on two hosts that can reach each other
 */
record Round(
    String program,
    Profile profile,
    Fault fault,
    long gapMillis,
    long longestSpanMillis,
    int failed,
    OptionalLong goneMillis,
    long sharedMillis) {}
