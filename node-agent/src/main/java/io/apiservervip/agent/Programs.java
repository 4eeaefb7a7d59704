package io.apiservervip.agent;

import java.util.function.ToIntFunction;

/**
 * What the command line starts, so that it can be tried without an agent.
 *
 * @param run runs the agent to its end and returns the exit status
 */
record Programs(ConfigLoader check, ToIntFunction<RunOptions> run) {}
