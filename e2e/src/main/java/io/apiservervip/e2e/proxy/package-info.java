/**
 * Programs that stand between clients and API servers, behind one small interface: Debian's haproxy
 * and the node agent, so that a test or a benchmark can put the one in the other's place.
 */
@NullMarked
package io.apiservervip.e2e.proxy;

import org.jspecify.annotations.NullMarked;
