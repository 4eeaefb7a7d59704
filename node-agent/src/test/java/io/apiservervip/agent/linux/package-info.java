/** Tests of the host's network: goldens of the codecs, and namespaces with real sockets. */
@NullMarked
package io.apiservervip.agent.linux;

import org.jspecify.annotations.NullMarked;
