/**
 * Where the agent's document comes from, its copy on disk, and what a new one changes. Imports
 * {@code agentapi} alone; no thread is started here, the caller polls.
 */
@NullMarked
package io.apiservervip.agent.config;

import org.jspecify.annotations.NullMarked;
