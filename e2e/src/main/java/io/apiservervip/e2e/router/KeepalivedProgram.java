package io.apiservervip.e2e.router;

import io.apiservervip.e2e.lab.Lab;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Debian's keepalived, VRRP alone. */
public final class KeepalivedProgram implements RouterProgram {
  private final KeepalivedConfig.Extras extras;

  public KeepalivedProgram() {
    this(KeepalivedConfig.Extras.NONE);
  }

  KeepalivedProgram(KeepalivedConfig.Extras extras) {
    this.extras = extras;
  }

  @Override
  public String name() {
    return "keepalived";
  }

  /** It says nothing of itself; a second is long enough for it to listen. */
  @Override
  public boolean ready(Router router) {
    return router.up().toMillis() > 1000;
  }

  @Override
  public Router configure(Lab lab, GroupConfig group, List<GroupMember> members, GroupMember member)
      throws IOException {
    String name = "keepalived-" + member.host();
    Path directory = Files.createDirectories(lab.directory().resolve(name));
    Path file = directory.resolve("keepalived.conf");
    Files.writeString(file, KeepalivedConfig.text(group, members, member, extras));
    List<String> command =
        List.of(
            "sh",
            "-c",
            "rm -f \"$0\"/*.pid && exec keepalived \"$@\"", // a killed one left them behind
            directory.toString(),
            "--dont-fork",
            "--log-console",
            "--log-detail",
            "--no-syslog",
            "--vrrp",
            "--use-file=" + file,
            "--pid=" + directory.resolve("keepalived.pid"),
            "--vrrp_pid=" + directory.resolve("vrrp.pid"));
    return new Router(lab, member, name, command);
  }
}
