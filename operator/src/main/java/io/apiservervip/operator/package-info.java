/**
 * The operator's composition root and command line: turns every {@code ApiServerVip} into the
 * document of its agents, a DaemonSet, and the Service {@code apiserver}.
 */
@NullMarked
package io.apiservervip.operator;

import org.jspecify.annotations.NullMarked;
