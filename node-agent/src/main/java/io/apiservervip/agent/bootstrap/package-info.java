/**
 * What runs before the kubelet: finds an API server that answers, keeps a name in the hosts file
 * pointing at it, and moves the name to the virtual address once that answers.
 *
 * <p>{@code HostsText} and {@code Aim} are pure. {@code Bootstrap} is the thread around them;
 * checks run on the loop of {@code agent.health}. Imports {@code agentapi}, {@code agent.health}
 * and {@code agent.proxy} (which API servers a document means).
 */
@NullMarked
package io.apiservervip.agent.bootstrap;

import org.jspecify.annotations.NullMarked;
