package io.apiservervip.agent;

import io.apiservervip.agent.PreflightCommand.Request;
import io.apiservervip.agent.config.ManifestFile;
import io.apiservervip.agent.linux.HostFacts;
import io.apiservervip.agent.linux.LinuxHostNetwork;
import io.apiservervip.agent.observe.LogSetup;
import io.apiservervip.agent.preflight.CapabilityFinding;
import io.apiservervip.agent.preflight.Finding;
import io.apiservervip.agent.preflight.HostFindings;
import io.apiservervip.agent.preflight.ProgramFindings;
import io.apiservervip.agent.preflight.SegmentFindings;
import io.apiservervip.agent.router.LinkSnapshot;
import io.apiservervip.agent.router.OperatingException;
import io.apiservervip.agent.router.Placement;
import io.apiservervip.agent.router.RouterSettings;
import io.apiservervip.agentapi.AgentConfig;
import io.apiservervip.agentapi.ConfigResolution;
import io.apiservervip.agentapi.DurationText;
import io.apiservervip.agentapi.Manifest;
import io.apiservervip.agentapi.MemberConfig;
import io.apiservervip.agentapi.Reading;
import io.apiservervip.agentapi.VrrpConfig;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One look at this host, its segment and its API servers. Main thread; the API servers are asked on
 * a thread of their own meanwhile.
 */
final class Preflight {
  private final AgentConfig document;
  private final MemberConfig self;
  private final Request request;
  private final OwnAgent agent;
  private final HostFacts host = HostFacts.ofHost();

  private Preflight(AgentConfig document, MemberConfig self, Request request) {
    this.document = document;
    this.self = self;
    this.request = request;
    this.agent = OwnAgent.ask(request.stateDir(), document.name());
  }

  /** On the Linux host, in the network namespace of the calling thread. */
  static List<Finding> look(Request request, PrintWriter progress) throws CommandFailure {
    LogSetup.level("error");
    if (ManifestFile.read(request.config())
            instanceof Reading.Accepted<Manifest>(Manifest manifest, List<String> _)
        && ConfigResolution.resolve(manifest.vip())
            instanceof Reading.Accepted<AgentConfig>(AgentConfig document, List<String> _)) {
      MemberConfig self = document.member(request.node());
      if (self != null) {
        progress.println(announcement(document, request));
        progress.flush();
        return new Preflight(document, self, request).findings(manifest);
      }
    }
    throw new CommandFailure(request.config() + " was changed while it was read: try again");
  }

  private static String announcement(AgentConfig document, Request request) {
    String others =
        document.members().stream()
            .map(MemberConfig::node)
            .filter(node -> !node.equals(request.node()))
            .collect(Collectors.joining(", "));
    return "preflight of "
        + document.name()
        + " on "
        + request.node()
        + ": looks at this host, asks the API servers and listens, "
        + DurationText.format(request.patience())
        + " at most"
        + (others.isEmpty() ? "" : "; run it at the same time on " + others);
  }

  private List<Finding> findings(Manifest manifest) {
    long begun = System.nanoTime();
    long patience = request.patience().toNanos();
    long capabilities = host.capabilities();
    List<Finding> findings = new ArrayList<>();
    try (ApiServerLook servers = ApiServerLook.start(document, manifest)) {
      findings.add(agent.finding());
      PortLook ports = new PortLook(document, self, agent);
      findings.add(CapabilityFinding.of(capabilities, ports.numbers()));
      ProgramFindings.@Nullable Carrier carrier = network(capabilities, findings);
      findings.addAll(ports.translation(capabilities));
      findings.addAll(ports.findings());
      findings.addAll(servers.findings(begun, patience));
      findings.addAll(
          new ProgramFindings(ProxyPlan.virtual(document), host::file)
              .of(host.processes(), carrier));
    }
    return findings;
  }

  /** The findings on interfaces and segment; returns the interface, or null. */
  private ProgramFindings.@Nullable Carrier network(long capabilities, List<Finding> findings) {
    VrrpConfig vrrp = document.vrrp();
    if (vrrp == null) {
      return null;
    }
    RouterSettings settings = RouterPlan.of(document, vrrp, self);
    try (LinuxHostNetwork network = LinuxHostNetwork.open()) {
      LinkSnapshot snapshot = network.links().snapshot();
      Set<InetAddress> held = agent.holds() ? Set.copyOf(ProxyPlan.virtual(document)) : Set.of();
      Placement placement = Placement.of(snapshot, settings, held);
      findings.addAll(new HostFindings(settings, snapshot, host::setting).of(placement));
      return switch (placement) {
        case Placement.Missing _ -> {
          findings.add(SegmentFindings.unseen("there is no interface to look at it from"));
          yield null;
        }
        case Placement.Found found -> {
          findings.addAll(segment(network, settings, found, capabilities));
          yield new ProgramFindings.Carrier(found.link().index(), found.link().name());
        }
      };
    } catch (OperatingException e) {
      findings.add(SegmentFindings.unseen(String.valueOf(e.getMessage())));
      return null;
    }
  }

  private List<Finding> segment(
      LinuxHostNetwork network, RouterSettings settings, Placement.Found found, long capabilities) {
    return CapabilityFinding.raw(capabilities)
        ? SegmentFindings.look(
            document.name(),
            settings,
            found,
            network,
            families -> network.openTap(found.link(), families),
            System::nanoTime,
            request.patience().toNanos())
        : List.of(SegmentFindings.unseen("raw sockets need CAP_NET_RAW"));
  }
}
