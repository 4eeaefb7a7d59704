/**
 * Programs that hold a virtual address, behind one small interface: the node agent and keepalived,
 * so that a benchmark or a test can put the one in the other's place.
 */
@NullMarked
package io.apiservervip.e2e.router;

import org.jspecify.annotations.NullMarked;
