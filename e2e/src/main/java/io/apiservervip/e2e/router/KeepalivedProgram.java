package io.apiservervip.e2e.router;

import io.apiservervip.e2e.lab.Lab;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Debian's keepalived, VRRP alone. */
public final class KeepalivedProgram implements RouterProgram {
  private static final AtomicLong LIVES = new AtomicLong();

  @Override
  public String name() {
    return "keepalived";
  }

  @Override
  public Router configure(Lab lab, GroupConfig group, List<GroupMember> members, GroupMember member)
      throws IOException {
    String name = "keepalived-" + member.host();
    Path directory = Files.createDirectories(lab.directory().resolve(name));
    Path file = directory.resolve("keepalived.conf");
    Files.writeString(file, KeepalivedConfig.text(group, members, member));
    long life = LIVES.incrementAndGet(); // a killed one leaves its file behind
    List<String> command =
        List.of(
            "keepalived",
            "--dont-fork",
            "--log-console",
            "--log-detail",
            "--no-syslog",
            "--vrrp",
            "--use-file=" + file,
            "--pid=" + directory.resolve(life + ".pid"),
            "--vrrp_pid=" + directory.resolve(life + "-vrrp.pid"));
    return new Router(lab, member, name, command);
  }
}
