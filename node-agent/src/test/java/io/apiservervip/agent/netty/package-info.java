/** What tests of anything on Netty share. */
@NullMarked
package io.apiservervip.agent.netty;

import org.jspecify.annotations.NullMarked;
