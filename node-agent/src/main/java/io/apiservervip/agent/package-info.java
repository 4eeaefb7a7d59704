/**
 * The node agent's composition root and its command line.
 *
 * <p>May import every package of the agent, and nothing of the agent imports it.
 */
@NullMarked
package io.apiservervip.agent;

import org.jspecify.annotations.NullMarked;
