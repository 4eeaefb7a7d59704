@NullMarked
package io.apiservervip.agent.router;

import org.jspecify.annotations.NullMarked;
