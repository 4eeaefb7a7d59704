/**
 * A load tool for TCP proxies, lean enough to share two cores with what it measures: one thread a
 * process, sockets and epoll straight from the C library, nothing allocated while it measures. It
 * needs no lab; {@code bench/load --help} shows it.
 */
@NullMarked
package io.apiservervip.e2e.load;

import org.jspecify.annotations.NullMarked;
