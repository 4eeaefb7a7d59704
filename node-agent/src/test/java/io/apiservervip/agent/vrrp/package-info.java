@NullMarked
package io.apiservervip.agent.vrrp;

import org.jspecify.annotations.NullMarked;
