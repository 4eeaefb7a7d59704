/** Tests of planning: goldens, tables, seeded churn, a large cluster. */
@NullMarked
package io.apiservervip.operator.model;

import org.jspecify.annotations.NullMarked;
