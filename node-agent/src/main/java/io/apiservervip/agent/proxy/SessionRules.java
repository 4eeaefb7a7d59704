package io.apiservervip.agent.proxy;

import io.apiservervip.agentapi.ConnectConfig;
import io.apiservervip.agentapi.LoadBalancerConfig;
import io.apiservervip.api.v1alpha1.CheckType;

/**
 * The times of a listener's sessions; zero: never.
 *
 * @param clientSpeaksFirst the servers speak TLS: a server is dialled at the client's first byte
 */
record SessionRules(
    boolean clientSpeaksFirst,
    long firstByteNanos,
    long connectNanos,
    long hedgeNanos,
    long firstResponseNanos,
    long queueNanos) {

  static SessionRules of(LoadBalancerConfig config, CheckType check) {
    boolean tls =
        switch (check) {
          case TLS, HTTPS -> true;
          case TCP, HTTP -> false;
        };
    ConnectConfig connect = config.connect();
    return new SessionRules(
        tls,
        connect.firstByteTimeout().toNanos(),
        connect.connectTimeout().toNanos(),
        connect.hedgeDelay().toNanos(),
        connect.firstResponseTimeout().toNanos(),
        config.limits().queueTimeout().toNanos());
  }

  /** First flights are kept, so that one left unanswered can go to another server. */
  boolean replays() {
    return clientSpeaksFirst && firstResponseNanos > 0;
  }
}
