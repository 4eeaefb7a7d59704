/** Tests of the election. */
@NullMarked
package io.apiservervip.operator.lead;

import org.jspecify.annotations.NullMarked;
