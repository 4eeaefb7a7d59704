/** Tests of adapters and dependents. */
@NullMarked
package io.apiservervip.operator.reconcile;

import org.jspecify.annotations.NullMarked;
