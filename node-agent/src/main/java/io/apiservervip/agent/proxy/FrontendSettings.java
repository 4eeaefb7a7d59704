package io.apiservervip.agent.proxy;

import io.apiservervip.agentapi.ListenerConfig;
import io.apiservervip.agentapi.LoadBalancerConfig;
import io.apiservervip.api.v1alpha1.BindScope;
import java.net.InetAddress;
import java.util.List;

/**
 * What one listener runs from.
 *
 * @param virtual the virtual addresses
 * @param backends the API servers behind it
 */
public record FrontendSettings(
    ListenerConfig listener,
    LoadBalancerConfig common,
    List<InetAddress> virtual,
    List<Backend> backends) {
  public FrontendSettings {
    virtual = List.copyOf(virtual);
    backends = List.copyOf(backends);
  }

  String name() {
    return listener.name();
  }

  SessionRules rules() {
    return SessionRules.of(common, listener.healthCheck().probe().type());
  }

  TcpOptions tcp() {
    return TcpOptions.of(common.session().tcpKeepAlive());
  }

  /** It can keep its sockets under those settings: same addresses, same port. */
  boolean sameSockets(FrontendSettings other) {
    return listener.bindPort() == other.listener.bindPort()
        && listener.bind() == other.listener.bind()
        && tcp().equals(other.tcp())
        && (listener.bind() == BindScope.ALL || virtual.equals(other.virtual));
  }
}
