/**
 * What would go wrong on this host if the agent took its addresses now: probes and verdicts.
 *
 * <p>Verdicts are pure: what was seen in, {@link Finding}s out. {@link SegmentSurvey} alone acts:
 * on one thread, over the ports of {@code agent.router} and {@link SegmentTap}. May import {@code
 * agent.router}, {@code agent.vrrp}, {@code agent.health} and the document.
 */
@NullMarked
package io.apiservervip.agent.preflight;

import org.jspecify.annotations.NullMarked;
