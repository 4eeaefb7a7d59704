/** Three agents shown at work, and what a client sees while they fail. */
@NullMarked
package io.apiservervip.e2e.demo;

import org.jspecify.annotations.NullMarked;
