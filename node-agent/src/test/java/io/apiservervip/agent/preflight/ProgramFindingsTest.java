package io.apiservervip.agent.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProgramFindingsTest {
  private final Map<String, String> files = new HashMap<>();

  private List<Finding> of(String... commandLines) {
    List<SeenProcess> processes =
        List.of(commandLines).stream()
            .map(line -> new SeenProcess(812, "", List.of(line.split(" "))))
            .toList();
    return new ProgramFindings(
            List.of(Nodes.ip("10.99.0.50")), path -> files.getOrDefault(path, ""))
        .of(processes, new ProgramFindings.Carrier(2, "eth0"));
  }

  private void networkd(String network) {
    files.put(
        "/run/systemd/netif/links/2",
        "ADMIN_STATE=configured\nNETWORK_FILE=/run/systemd/network/10-netplan-eth0.network\n");
    files.put("/run/systemd/network/10-netplan-eth0.network", network);
  }

  @Test
  void nobodyIsSaid() {
    assertThat(of("/usr/sbin/sshd -D"))
        .containsExactly(Finding.ok("other programs", "none that manages addresses was found"));
  }

  @Test
  void networkdThatManagesTheInterfaceDropsAddresses() {
    networkd("[Match]\nName=eth0\n[Network]\nDHCP=ipv4\n");
    assertThat(of("/usr/lib/systemd/systemd-networkd"))
        .containsExactly(
            Finding.warn(
                "systemd-networkd",
                "manages eth0 by /run/systemd/network/10-netplan-eth0.network and drops others'"
                    + " addresses when it restarts or renews a lease",
                "KeepConfiguration=yes in its section [Network]; till then the agent puts the"
                    + " address back, and clients see a gap"));
  }

  @Test
  void networkdThatKeepsOrDoesNotManageIsOk() {
    networkd("[Network]\nKeepConfiguration=yes\n");
    assertThat(of("/lib/systemd/systemd-networkd"))
        .containsExactly(
            Finding.ok("systemd-networkd", "manages eth0 and keeps what it did not set"));
    networkd("[Network]\n#KeepConfiguration=yes\n");
    assertThat(of("/lib/systemd/systemd-networkd").getFirst().result()).isEqualTo(Result.WARN);
    files.put("/run/systemd/netif/links/2", "ADMIN_STATE=unmanaged\n");
    assertThat(of("/lib/systemd/systemd-networkd"))
        .containsExactly(Finding.ok("systemd-networkd", "runs and does not manage eth0"));
  }

  @Test
  void aDropInOfNetworkdCountsToo() {
    networkd("[Network]\n");
    files.merge(
        "/run/systemd/netif/links/2",
        "NETWORK_FILE_DROPINS=/etc/systemd/network/10-netplan-eth0.network.d/keep.conf\n",
        String::concat);
    files.put(
        "/etc/systemd/network/10-netplan-eth0.network.d/keep.conf",
        "[Network]\nKeepConfiguration = static\n");
    assertThat(of("/lib/systemd/systemd-networkd").getFirst().result()).isEqualTo(Result.OK);
  }

  @Test
  void networkManagerIsNamedWhereItManagesTheInterface() {
    assertThat(of("/usr/sbin/NetworkManager --no-daemon"))
        .containsExactly(Finding.ok("NetworkManager", "runs and does not manage eth0"));
    files.put("/run/NetworkManager/devices/2", "[device]\nmanaged=true\n");
    assertThat(of("/usr/sbin/NetworkManager --no-daemon").getFirst().result())
        .isEqualTo(Result.WARN);
  }

  @Test
  void keepalivedWithTheAddressIsAFailureAndWithoutAWarning() {
    files.put("/etc/keepalived/keepalived.conf", "virtual_ipaddress {\n  10.99.0.50/24\n}\n");
    assertThat(of("/usr/sbin/keepalived --dont-fork"))
        .containsExactly(
            Finding.fail(
                "keepalived",
                "runs here and /etc/keepalived/keepalived.conf has 10.99.0.50",
                "stop it on this node first: systemctl disable --now keepalived"));
    files.put("/k.conf", "virtual_ipaddress {\n  10.99.0.5\n 10.99.0.501\n 110.99.0.50\n}\n");
    assertThat(of("keepalived -f /k.conf").getFirst().result()).isEqualTo(Result.WARN);
    assertThat(of("/kube-vip manager").getFirst().check()).isEqualTo("kube-vip (pid 812)");
  }

  @Test
  void kubeletWithoutItsOwnAddressIsAWarning() {
    assertThat(of("/usr/bin/kubelet --config=/var/lib/kubelet/config.yaml"))
        .containsExactly(
            Finding.warn(
                "kubelet",
                "runs without --node-ip",
                "set --node-ip to the node's own address, so that it never takes a virtual one for"
                    + " it"));
    assertThat(of("kubelet --node-ip=10.99.0.11"))
        .containsExactly(Finding.ok("kubelet", "--node-ip 10.99.0.11"));
    assertThat(of("kubelet --node-ip 10.99.0.50").getFirst().result()).isEqualTo(Result.FAIL);
  }

  @Test
  void anAddressInsideOfPodsOrServicesIsAFailure() {
    assertThat(of("kube-apiserver --service-cluster-ip-range=fd00::/108,10.96.0.0/12"))
        .containsExactly(
            Finding.fail(
                "kube-apiserver (pid 812)",
                "10.99.0.50 is in --service-cluster-ip-range 10.96.0.0/12",
                "choose an address of the nodes' subnet, outside of pods' and Services'"));
    assertThat(of("kube-controller-manager --cluster-cidr=10.244.0.0/16").getFirst().result())
        .isEqualTo(Result.OK);
  }
}
