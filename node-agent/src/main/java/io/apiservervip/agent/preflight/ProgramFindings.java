package io.apiservervip.agent.preflight;

import io.apiservervip.agentapi.IpPrefix;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Who else on this host manages addresses, or may take a virtual one for another. Pure. */
public final class ProgramFindings {
  private static final Pattern KEEPS =
      Pattern.compile("(?m)^\\s*KeepConfiguration\\s*=\\s*(yes|true|on|1|static)\\s*$");
  private static final Set<String> HOLDERS =
      Set.of("kube-vip", "ucarp", "vrrpd", "corosync", "pacemakerd");
  private static final Set<String> DHCP_CLIENTS = Set.of("dhcpcd", "dhclient");
  private static final List<String> RANGES =
      List.of("--service-cluster-ip-range", "--cluster-cidr");

  private final List<InetAddress> virtual;
  private final UnaryOperator<String> file;

  /**
   * @param virtual the virtual addresses
   * @param file a file of the host; empty where there is none
   */
  public ProgramFindings(List<InetAddress> virtual, UnaryOperator<String> file) {
    this.virtual = List.copyOf(virtual);
    this.file = file;
  }

  /** The interface that will carry the addresses. */
  public record Carrier(int index, String name) {}

  /**
   * @param carrier null where there is none
   */
  public List<Finding> of(List<SeenProcess> processes, @Nullable Carrier carrier) {
    List<Finding> findings = new ArrayList<>();
    for (SeenProcess process : processes) {
      Finding finding = finding(process, carrier);
      if (finding != null && !findings.contains(finding)) {
        findings.add(finding);
      }
    }
    if (findings.isEmpty()) {
      findings.add(Finding.ok("other programs", "none that manages addresses was found"));
    }
    return findings;
  }

  private @Nullable Finding finding(SeenProcess process, @Nullable Carrier carrier) {
    if (process.is("systemd-networkd")) {
      return carrier == null ? null : networkd(carrier);
    }
    if (process.is("NetworkManager")) {
      return carrier == null ? null : networkManager(carrier);
    }
    if (process.is("keepalived")) {
      return keepalived(process);
    }
    if (process.is("kubelet")) {
      return kubelet(process);
    }
    if (process.is("kube-apiserver") || process.is("kube-controller-manager")) {
      return ranges(process);
    }
    if (HOLDERS.stream().anyMatch(process::is)) {
      return Finding.warn(
          process.text(),
          "runs here and can hold addresses",
          "see that it is not told to hold the same ones");
    }
    return DHCP_CLIENTS.stream().anyMatch(process::is)
        ? Finding.warn(
            process.text(),
            "runs here: a new lease may take addresses off",
            "give the node a fixed address, or see that it leaves others' addresses alone")
        : null;
  }

  /** It drops addresses that it did not set when it starts anew, reloads or renews a lease. */
  private Finding networkd(Carrier carrier) {
    String check = "systemd-networkd";
    String state = file.apply("/run/systemd/netif/links/" + carrier.index());
    String network = value(state, "NETWORK_FILE");
    if (network.isEmpty() || value(state, "ADMIN_STATE").equals("unmanaged")) {
      return Finding.ok(check, "runs and does not manage " + carrier.name());
    }
    boolean keeps =
        Stream.concat(
                Stream.of(network), Stream.of(value(state, "NETWORK_FILE_DROPINS").split("[ :]+")))
            .filter(name -> !name.isEmpty())
            .anyMatch(name -> KEEPS.matcher(file.apply(name)).find());
    return keeps
        ? Finding.ok(check, "manages " + carrier.name() + " and keeps what it did not set")
        : Finding.warn(
            check,
            "manages "
                + carrier.name()
                + " by "
                + network
                + " and drops others' addresses when it restarts or renews a lease",
            "KeepConfiguration=yes in its section [Network]; till then the agent puts the address"
                + " back, and clients see a gap");
  }

  private Finding networkManager(Carrier carrier) {
    String check = "NetworkManager";
    String state = file.apply("/run/NetworkManager/devices/" + carrier.index());
    boolean managed =
        value(state, "managed").equals("true") || value(state, "managed").equals("full");
    return managed
        ? Finding.warn(
            check,
            "manages " + carrier.name() + ": activating its connection anew drops the address",
            "hand the address over before nmcli connection up or down on the Active")
        : Finding.ok(check, "runs and does not manage " + carrier.name());
  }

  private Finding keepalived(SeenProcess process) {
    String name = null;
    for (String option : List.of("--use-file", "-f")) {
      name = name == null ? process.option(option) : name;
    }
    String path = name == null ? "/etc/keepalived/keepalived.conf" : name;
    String config = file.apply(path);
    List<String> same =
        virtual.stream()
            .map(InetAddress::getHostAddress)
            .filter(
                a ->
                    Pattern.compile("(?<![0-9.:])" + Pattern.quote(a) + "(?![0-9.:])")
                        .matcher(config)
                        .find())
            .toList();
    return same.isEmpty()
        ? Finding.warn(
            "keepalived",
            "runs here",
            "see that it is not told to hold the same addresses, and has another virtual router id")
        : Finding.fail(
            "keepalived",
            "runs here and " + path + " has " + String.join(", ", same),
            "stop it on this node first: systemctl disable --now keepalived");
  }

  private Finding kubelet(SeenProcess process) {
    String check = "kubelet";
    String given = process.option("--node-ip");
    if (given == null) {
      return Finding.warn(
          check,
          "runs without --node-ip",
          "set --node-ip to the node's own address, so that it never takes a virtual one for it");
    }
    boolean taken =
        Stream.of(given.split(",")).anyMatch(ip -> virtual.stream().anyMatch(v -> same(ip, v)));
    return taken
        ? Finding.fail(
            check, "--node-ip " + given + " is virtual", "set it to the node's own address")
        : Finding.ok(check, "--node-ip " + given);
  }

  private static boolean same(String text, InetAddress address) {
    try {
      return InetAddress.ofLiteral(text.strip()).equals(address);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private @Nullable Finding ranges(SeenProcess process) {
    for (String option : RANGES) {
      String given = process.option(option);
      for (String range : given == null ? new String[0] : given.split(",", -1)) {
        InetAddress inside = inside(range.strip());
        if (inside != null) {
          return Finding.fail(
              process.text(),
              inside.getHostAddress() + " is in " + option + " " + range,
              "choose an address of the nodes' subnet, outside of pods' and Services'");
        }
      }
    }
    return null;
  }

  private @Nullable InetAddress inside(String range) {
    IpPrefix prefix = IpPrefix.parse(range);
    return prefix == null
        ? null
        : virtual.stream().filter(prefix::contains).findFirst().orElse(null);
  }

  /** Of lines {@code KEY=value}. */
  private static String value(String text, String key) {
    return text.lines()
        .filter(line -> line.startsWith(key + "="))
        .map(line -> line.substring(key.length() + 1).strip())
        .findFirst()
        .orElse("");
  }
}
