package io.apiservervip.agent.proxy;

/** Why a client's connection was closed at once; the lower case is the metric's tag. */
public enum RefusalReason {
  SOURCE_NOT_ALLOWED,
  TOO_MANY_OF_SOURCE,
  NO_BACKEND_CONFIGURED
}
