/** Tests of the status: a cluster on a stage, with time as an argument. */
@NullMarked
package io.apiservervip.operator.status;

import org.jspecify.annotations.NullMarked;
