package io.apiservervip.agent;

import io.apiservervip.agent.observe.ControlClient;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which agent on this host a command means; shared by status, handover and forget. */
final class StateOptions {
  @Option(
      names = "--state-dir",
      paramLabel = "DIR",
      description = "The agent's state directory (default: ${DEFAULT-VALUE}).",
      defaultValue = StateDir.DEFAULT)
  private Path stateDir;

  @Option(
      names = "--vip",
      paramLabel = "NAME",
      description = "Name of the ApiServerVip; needed where more than one runs here.")
  private @Nullable String vip;

  @SuppressWarnings("NullAway.Init") // picocli sets the options
  StateOptions() {}

  Path copy() throws CommandFailure {
    return new StateDir(stateDir).oneCopy(vip);
  }

  String ask(String line) throws CommandFailure {
    Path socket = new StateDir(stateDir).oneSocket(vip);
    try {
      return ControlClient.ask(socket, line);
    } catch (IOException e) {
      throw new CommandFailure("no agent answers on " + socket + ": " + e.getMessage());
    }
  }
}
