@NullMarked
package io.apiservervip.agent;

import org.jspecify.annotations.NullMarked;
