package io.apiservervip.e2e.router;

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

/** An API server on a host of the lab, on port 6443 of its address, TLS; it may end and begin. */
final class ApiDoor implements AutoCloseable {
  private static final int PORT = 6443;

  private final Host host;
  private final TlsIdentity identity;
  private final HttpHandler api;
  private HttpsServer server;

  private ApiDoor(Host host, TlsIdentity identity, HttpHandler api, HttpsServer server) {
    this.host = host;
    this.identity = identity;
    this.api = api;
    this.server = server;
  }

  static ApiDoor open(Host host, TlsIdentity identity, HttpHandler api)
      throws IOException, InterruptedException {
    return new ApiDoor(host, identity, api, serve(host, identity, api));
  }

  /** It runs again, after it was closed. */
  void reopen() throws IOException, InterruptedException {
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

  /** Ends it and its connections; closing it twice is closing it once. */
  @Override
  public void close() {
    server.stop(0);
  }
}
