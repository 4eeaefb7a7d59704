package io.apiservervip.agent.linux;

import static org.assertj.core.api.Assertions.assertThat;

import io.apiservervip.agent.preflight.SeenProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostFactsTest {
  @TempDir Path root = Path.of(".");

  private void file(String path, String text) throws IOException {
    Path file = root.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private void process(String pid, String namespace, String name, String words) throws IOException {
    file("proc/" + pid + "/comm", name + "\n");
    file("proc/" + pid + "/cmdline", words.replace(' ', '\0') + '\0');
    Path link = root.resolve("proc/" + pid + "/ns/net");
    Files.createDirectories(link.getParent());
    Files.createSymbolicLink(link, Path.of("net:[" + namespace + "]"));
  }

  @Test
  void settingsAndCapabilitiesAreNumbers() throws IOException {
    file("proc/sys/net/ipv4/conf/all/rp_filter", "2\n");
    file("proc/self/status", "Name:\tjava\nCapEff:\t0000000000803400\nCapBnd:\t00\n");
    HostFacts host = HostFacts.in(root);
    assertThat(host.setting("net/ipv4/conf/all/rp_filter")).isEqualTo(2);
    assertThat(host.setting("net/ipv4/conf/eth0/rp_filter")).isEqualTo(-1);
    assertThat(host.capabilities()).isEqualTo(0x803400L);
  }

  @Test
  void programsOfThisNetworkAloneAreSeen() throws IOException {
    process("self", "1", "java", "java");
    process("7", "1", "kubelet", "/usr/bin/kubelet --node-ip=10.99.0.11");
    process("8", "2", "keepalived", "keepalived");
    file("proc/9/comm", "kthreadd\n");
    file("proc/9/cmdline", "");
    assertThat(HostFacts.in(root).processes())
        .containsExactly(
            new SeenProcess(7, "kubelet", List.of("/usr/bin/kubelet", "--node-ip=10.99.0.11")));
  }

  @Test
  void filesAreReadBelowTheRoot() throws IOException {
    file("run/systemd/netif/links/2", "ADMIN_STATE=configured\n");
    HostFacts host = HostFacts.in(root);
    assertThat(host.file("/run/systemd/netif/links/2")).isEqualTo("ADMIN_STATE=configured\n");
    assertThat(host.file("/run/systemd/netif/links/3")).isEmpty();
  }
}
