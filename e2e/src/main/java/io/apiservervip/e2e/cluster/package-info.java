/**
 * Test clusters: fabric8's mock server with server-side apply before it, and a real kube-apiserver
 * with etcd where KUBEBUILDER_ASSETS names a folder with both. The same tests run on either.
 */
@NullMarked
package io.apiservervip.e2e.cluster;

import org.jspecify.annotations.NullMarked;
