@NullMarked
package io.apiservervip.agent.kube;

import org.jspecify.annotations.NullMarked;
