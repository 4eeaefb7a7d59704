/**
 * Real nodes: a kubelet and a containerd on every host of a lab, the images of {@code ./images},
 * the chart. Needs a folder with all programs of Kubernetes.
 */
@NullMarked
package io.apiservervip.e2e.nodes;

import org.jspecify.annotations.NullMarked;
