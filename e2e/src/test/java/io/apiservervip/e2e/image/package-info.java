/**
 * The images as {@code ./images} makes them, loaded and run by a containerd of the test's own, with
 * what the cluster's manifests allow their containers and no more.
 */
@NullMarked
package io.apiservervip.e2e.image;

import org.jspecify.annotations.NullMarked;
