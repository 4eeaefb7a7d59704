package io.apiservervip.agent.kube;

import org.jspecify.annotations.Nullable;

/**
 * What matters of an object that the API sent.
 *
 * @param resourceVersion empty where it has none
 * @param data the value of the document's key, as it stands there; null without that key
 * @param code status of an error that came in place of an object; 0 otherwise
 * @param message of that error; empty otherwise
 */
record ApiObject(String resourceVersion, @Nullable String data, int code, String message) {}
