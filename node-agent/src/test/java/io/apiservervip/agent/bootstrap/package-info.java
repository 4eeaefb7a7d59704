@NullMarked
package io.apiservervip.agent.bootstrap;

import org.jspecify.annotations.NullMarked;
