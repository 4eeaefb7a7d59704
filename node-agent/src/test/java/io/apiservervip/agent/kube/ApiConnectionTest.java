package io.apiservervip.agent.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The connection with real HTTPS servers on the loopback; the times are those of the product. */
class ApiConnectionTest {
  private final BlockingQueue<String> told = new LinkedBlockingQueue<>();
  private final BlockingQueue<ApiSession> sessions = new LinkedBlockingQueue<>();

  @TempDir private Path account;

  @BeforeEach
  void mountServiceAccount() throws IOException {
    Files.writeString(account.resolve("token"), "first\n");
    trust(LocalApiServer.VALID);
  }

  @Test
  void aServerThatTheCertificateNamesAsTheServiceIsUsed() throws Exception {
    try (LocalApiServer server = LocalApiServer.start("127.0.0.2", LocalApiServer.VALID);
        ApiConnection _ = open(server.address())) {
      ApiSession session = connected();
      assertThat(session.server()).isEqualTo(server.address());
      ApiAnswer answer = session.ask(ApiRequest.apply("/apis/x?force=true", "{}"));
      assertThat(answer).isEqualTo(new ApiAnswer(200, "PATCH /apis/x?force=true"));
    }
  }

  @Test
  void aServerThatTheCertificateNamesByItsAddressIsUsed() throws Exception {
    try (LocalApiServer server = LocalApiServer.start("127.0.0.1", LocalApiServer.VALID);
        ApiConnection _ = open(server.address())) {
      assertThat(connected().server()).isEqualTo(server.address());
    }
  }

  @Test
  void aServerWithAnotherNameIsNotUsed() throws Exception {
    trust(LocalApiServer.OTHER);
    try (LocalApiServer wrong = LocalApiServer.start("127.0.0.1", LocalApiServer.OTHER);
        ApiConnection connection = open(wrong.address())) {
      assertThat(trial(wrong).text())
          .contains("the certificate of 127.0.0.1 names neither it nor kubernetes.default.svc")
          .contains("other.example.test");
      assertThat(connection.session()).isNull();
    }
  }

  @Test
  void aServerOfAnotherAuthorityIsNotUsed() throws Exception {
    try (LocalApiServer wrong = LocalApiServer.start("127.0.0.1", LocalApiServer.OTHER)) {
      assertThat(trial(wrong).answer()).isEqualTo(Trial.Answer.SILENT);
    }
  }

  @Test
  void theTokenIsReadForEachRequest() throws Exception {
    try (LocalApiServer server = LocalApiServer.start("127.0.0.1", LocalApiServer.VALID);
        ApiConnection _ = open(server.address())) {
      ApiSession session = connected();
      assertThat(server.authorization()).isEqualTo("Bearer first");
      Files.writeString(account.resolve("token"), "second\n");
      session.ask(ApiRequest.get("/version"));
      String seen = server.authorization();
      for (int i = 0; i < 10 && seen.equals("Bearer first"); i++) {
        seen = server.authorization(); // a busy machine may have searched more than once
      }
      assertThat(seen).isEqualTo("Bearer second");
    }
  }

  @Test
  void theClientLibraryTakesTheSameWay() throws Exception {
    try (LocalApiServer server = LocalApiServer.start("127.0.0.2", LocalApiServer.VALID);
        ApiConnection _ = open(server.address())) {
      KubernetesClient client = connected().client();
      assertThat(client.raw("/some/path")).isEqualTo("GET /some/path");
    }
  }

  @Test
  void whenAServerEndsTheNextOneIsUsedAndTheOldSessionIsOver() throws Exception {
    try (LocalApiServer first = LocalApiServer.start("127.0.0.1", LocalApiServer.VALID);
        LocalApiServer second = LocalApiServer.start("127.0.0.2", LocalApiServer.VALID);
        ApiConnection connection = open(first.address(), second.address())) {
      ApiSession session = connected();
      assertThat(session.server()).isEqualTo(first.address());
      first.stop();
      connection.suspect(session);
      assertThat(next()).isEqualTo("lost " + first.address() + ": no connection: refused");
      assertThat(session.closed()).isTrue();
      assertThatThrownBy(() -> session.ask(ApiRequest.get("/version")))
          .isInstanceOf(IOException.class);
      assertThat(connected().server()).isEqualTo(second.address());
    }
  }

  @Test
  void aServerThatIsKnownToBeLostIsLeftWithoutBeingAsked() throws Exception {
    try (LocalApiServer first = LocalApiServer.start("127.0.0.1", LocalApiServer.VALID);
        LocalApiServer second = LocalApiServer.start("127.0.0.2", LocalApiServer.VALID);
        ApiConnection connection = open(first.address(), second.address())) {
      ApiSession session = connected();
      first.stop();
      connection.abandon(session, "the checks found it down");
      assertThat(next()).isEqualTo("lost " + first.address() + ": the checks found it down");
      assertThat(connected().server()).isEqualTo(second.address());
    }
  }

  @Test
  void aServerThatSaysNothingIsLeftAfterTwoMisses() throws Exception {
    try (LocalApiServer first = LocalApiServer.start("127.0.0.1", LocalApiServer.VALID);
        LocalApiServer second = LocalApiServer.start("127.0.0.2", LocalApiServer.VALID);
        ApiConnection _ = open(first.address(), second.address())) {
      connected();
      first.silent();
      assertThat(next()).isEqualTo("lost " + first.address() + ": no answer within 2 s");
      assertThat(connected().server()).isEqualTo(second.address());
    }
  }

  @Test
  void aServerThatIsNotReadyIsLeftForOneThatIs() throws Exception {
    try (LocalApiServer first = LocalApiServer.start("127.0.0.1", LocalApiServer.VALID);
        LocalApiServer second = LocalApiServer.start("127.0.0.2", LocalApiServer.VALID);
        ApiConnection connection = open(first.address(), second.address())) {
      ApiSession session = connected();
      first.ready(500);
      connection.suspect(session);
      assertThat(next()).startsWith("lost " + first.address());
      assertThat(connected().server()).isEqualTo(second.address());
    }
  }

  @Test
  void serversCanBeReplaced() throws Exception {
    try (LocalApiServer first = LocalApiServer.start("127.0.0.1", LocalApiServer.VALID);
        LocalApiServer second = LocalApiServer.start("127.0.0.2", LocalApiServer.VALID);
        ApiConnection connection = open(first.address())) {
      connected();
      connection.servers(new ApiServers(List.of(second.address()), List.of()));
      assertThat(next()).isEqualTo("lost " + first.address() + ": it is an API server no more");
      assertThat(connected().server()).isEqualTo(second.address());
    }
  }

  @Test
  void aMissingAuthorityIsWaitedFor() throws Exception {
    Files.delete(account.resolve("ca.crt"));
    try (LocalApiServer server = LocalApiServer.start("127.0.0.1", LocalApiServer.VALID);
        ApiConnection _ = open(server.address())) {
      trust(LocalApiServer.VALID);
      assertThat(connected().server()).isEqualTo(server.address());
    }
  }

  private ApiConnection open(ApiServer... servers) {
    ApiConnection connection =
        new ApiConnection(
            credentials(servers[0]),
            new ApiServers(List.of(servers), List.of()),
            "test",
            new Told());
    connection.start();
    return connection;
  }

  private Trial trial(LocalApiServer server) throws IOException, InterruptedException {
    try (ApiHttp http = ApiHttp.open(credentials(server.address()), "test")) {
      Trial last = Trial.silent("no answer within 2 s");
      for (int i = 0; i < 5 && last.text().equals("no answer within 2 s"); i++) {
        last =
            ServerSearch.ask(http, List.of(server.address())).getOrDefault(server.address(), last);
      }
      return last;
    }
  }

  private ServiceAccount credentials(ApiServer server) {
    return new ServiceAccount(account, List.of(server));
  }

  private void trust(String certificate) throws IOException {
    Files.copy(
        LocalApiServer.authority(certificate),
        account.resolve("ca.crt"),
        StandardCopyOption.REPLACE_EXISTING);
  }

  private String next() throws InterruptedException {
    return String.valueOf(told.poll(30, TimeUnit.SECONDS));
  }

  private ApiSession connected() throws InterruptedException {
    assertThat(next()).startsWith("connected");
    return sessions.take();
  }

  private final class Told implements ApiListener {
    @Override
    public void connected(ApiSession session) {
      sessions.add(session);
      told.add("connected " + session.server());
    }

    @Override
    public void lost(ApiSession session, String reason) {
      told.add("lost " + session.server() + ": " + reason);
    }
  }
}
