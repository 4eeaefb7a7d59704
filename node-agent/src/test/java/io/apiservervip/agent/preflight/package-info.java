@NullMarked
package io.apiservervip.agent.preflight;

import org.jspecify.annotations.NullMarked;
