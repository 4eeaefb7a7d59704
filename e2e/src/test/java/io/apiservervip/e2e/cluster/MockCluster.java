package io.apiservervip.e2e.cluster;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
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
  private final HttpsServer server;
  private final ExecutorService threads;
  private final Path authority;
  private final Scratch scratch;

  private MockCluster(
      HttpsServer server, ExecutorService threads, Path authority, Scratch scratch) {
    this.server = server;
    this.threads = threads;
    this.authority = authority;
    this.scratch = scratch;
  }

  static MockCluster start(Scratch scratch) throws IOException, InterruptedException {
    TlsIdentity identity = TlsIdentity.in(scratch.directory());
    HttpsServer server =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    Path authority = scratch.directory().resolve("ca.crt");
    try {
      server.setHttpsConfigurator(new HttpsConfigurator(identity.context()));
      Files.writeString(authority, identity.pem());
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/", new MockHandler(new ApplyPatchDispatcher(InstantSource.system())));
    server.start();
    return new MockCluster(server, threads, authority, scratch);
  }

  @Override
  public String name() {
    return "mock";
  }

  @Override
  public boolean validates() {
    return false;
  }

  @Override
  public int port() {
    return server.getAddress().getPort();
  }

  @Override
  public Path authority() {
    return authority;
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
