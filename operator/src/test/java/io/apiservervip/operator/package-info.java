/** Tests of the program. */
@NullMarked
package io.apiservervip.operator;

import org.jspecify.annotations.NullMarked;
