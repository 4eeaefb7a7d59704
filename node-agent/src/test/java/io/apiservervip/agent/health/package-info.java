/** Tests of the checks: states and verdicts as tables, probes against servers on the loopback. */
@org.jspecify.annotations.NullMarked
package io.apiservervip.agent.health;
