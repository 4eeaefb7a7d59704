package io.apiservervip.e2e.cluster;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.apiservervip.e2e.lab.Host;
import io.apiservervip.e2e.probe.TlsIdentity;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.util.concurrent.Executors;

/** A server of the JDK in the place of a kube-apiserver. */
public final class HttpDoor implements ApiDoor {
  private final Host host;
  private final TlsIdentity identity;
  private final HttpHandler api;
  private HttpsServer server;

  private HttpDoor(Host host, TlsIdentity identity, HttpHandler api, HttpsServer server) {
    this.host = host;
    this.identity = identity;
    this.api = api;
    this.server = server;
  }

  /** Begins to serve on the host. */
  public static HttpDoor open(Host host, TlsIdentity identity, HttpHandler api)
      throws IOException, InterruptedException {
    return new HttpDoor(host, identity, api, serve(host, identity, api));
  }

  @Override
  public void reopen() throws IOException, InterruptedException {
    server = serve(host, identity, api);
  }

  private static HttpsServer serve(Host host, TlsIdentity identity, HttpHandler api)
      throws IOException, InterruptedException {
    InetSocketAddress address = new InetSocketAddress(InetAddress.ofLiteral(host.ipv4()), PORT);
    HttpsServer server = host.namespace().call(() -> HttpsServer.create(address, 0));
    try {
      server.setHttpsConfigurator(new HttpsConfigurator(identity.context()));
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", api);
    server.start();
    return server;
  }

  @Override
  public void kill() {
    server.stop(0);
  }
}
