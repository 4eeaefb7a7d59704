/**
 * The Helm chart and the plain manifests that are rendered from it, by Helm as a library: what they
 * render to, what they refuse, and what they do to a cluster.
 */
@NullMarked
package io.apiservervip.e2e.chart;

import org.jspecify.annotations.NullMarked;
