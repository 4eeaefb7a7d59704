package io.apiservervip.e2e.cluster;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.apiservervip.e2e.lab.Host;
import io.apiservervip.e2e.lab.Lab;
import io.apiservervip.e2e.probe.TlsIdentity;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.InstantSource;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The objects of fabric8's mock server behind server-side apply, on a server of the JDK: its own
 * one can only watch by WebSocket. Whoever asks may do everything. A thread a request.
 */
final class MockCluster implements TestCluster {
  private static final String AUTHORITY = "ca.crt";

  private final HttpsServer server;
  private final ExecutorService threads;
  private final MockHandler api;
  private final TlsIdentity identity;
  private final Scratch scratch;

  private MockCluster(
      HttpsServer server,
      ExecutorService threads,
      MockHandler api,
      TlsIdentity identity,
      Scratch scratch) {
    this.server = server;
    this.threads = threads;
    this.api = api;
    this.identity = identity;
    this.scratch = scratch;
  }

  static MockCluster start(Scratch scratch) throws IOException, InterruptedException {
    TlsIdentity identity = TlsIdentity.in(scratch.directory());
    HttpsServer server =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    MockHandler api = new MockHandler(new ApplyPatchDispatcher(InstantSource.system()));
    try {
      server.setHttpsConfigurator(new HttpsConfigurator(identity.context()));
      Files.writeString(scratch.directory().resolve(AUTHORITY), identity.pem());
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/", api);
    server.start();
    return new MockCluster(server, threads, api, identity, scratch);
  }

  @Override
  public String name() {
    return "the tests' mock";
  }

  @Override
  public boolean validates() {
    return false;
  }

  @Override
  public ApiDoor open(Lab lab, Host host) throws IOException, InterruptedException {
    return HttpDoor.open(host, identity, api);
  }

  @Override
  public int port() {
    return server.getAddress().getPort();
  }

  @Override
  public Path authority() {
    return scratch.directory().resolve(AUTHORITY);
  }

  @Override
  public String adminToken() {
    return "admin";
  }

  @Override
  public void close() throws IOException {
    server.stop(0);
    threads.shutdownNow();
    scratch.close();
  }
}
