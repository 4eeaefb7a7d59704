package io.apiservervip.agent.router;

/**
 * What became of a hand-over.
 *
 * @param given whether another node has the address now
 * @param text a sentence for the person who asked
 */
public record HandOverResult(boolean given, String text) {}
