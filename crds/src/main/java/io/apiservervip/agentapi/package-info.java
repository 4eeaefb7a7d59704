/** The document an agent runs from, shared by operator and agent. Pure: values in, values out. */
@NullMarked
package io.apiservervip.agentapi;

import org.jspecify.annotations.NullMarked;
