package io.apiservervip.operator;

import io.apiservervip.agent.Signals;
import io.apiservervip.agent.kube.ApiCredentials;
import io.apiservervip.agent.observe.LogSetup;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.slf4j.LoggerFactory;

/** The program {@code operator}. */
public final class OperatorMain {
  private static final int ID_DIGITS = 8;

  private OperatorMain() {}

  /** Runs one command and exits with its status. */
  public static void main(String[] args) {
    PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    LibraryLogs.quieten();
    int status = 1;
    try {
      status =
          List.of(args).equals(List.of("rehearse"))
              ? Rehearsal.run()
              : OperatorCommand.commandLine(options -> run(options, err), out, err).execute(args);
    } catch (RuntimeException | IOException | InterruptedException bug) {
      LoggerFactory.getLogger(OperatorMain.class).error("this is a bug, the operator ends", bug);
    } finally {
      LogSetup.close();
      out.flush();
    }
    System.exit(status);
  }

  /** Runs until SIGTERM or SIGINT, which end it in order. */
  private static int run(RunOptions options, PrintWriter err) {
    CountDownLatch end = new CountDownLatch(1);
    ApiCredentials credentials;
    try {
      Signals.route(end::countDown, () -> {});
      credentials = ApiCredentials.find();
    } catch (IOException e) {
      err.println("operator: " + e.getMessage());
      return 1;
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
    try (OperatorProgram program = new OperatorProgram(options, credentials, identity())) {
      program.start();
      end.await();
      LoggerFactory.getLogger(OperatorMain.class).info("operator ends");
      return 0;
    } catch (IOException e) {
      err.println("operator: --http-port " + options.httpPort() + ": " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return 1;
  }

  /** Unlike that of any other process, also of an earlier one in the same pod. */
  private static String identity() {
    String host = System.getenv().getOrDefault("HOSTNAME", "operator");
    return host + "_" + UUID.randomUUID().toString().substring(0, ID_DIGITS);
  }
}
