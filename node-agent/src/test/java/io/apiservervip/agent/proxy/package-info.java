@NullMarked
package io.apiservervip.agent.proxy;

import org.jspecify.annotations.NullMarked;
