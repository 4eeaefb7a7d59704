package io.apiservervip.agent;

import io.apiservervip.agent.router.RouterSettings;
import io.apiservervip.agent.router.VirtualAddress;
import io.apiservervip.agent.vrrp.AdvertisementInterval;
import io.apiservervip.agent.vrrp.Announcements;
import io.apiservervip.agent.vrrp.Authentication;
import io.apiservervip.agent.vrrp.Cast;
import io.apiservervip.agent.vrrp.Preemption;
import io.apiservervip.agent.vrrp.Priority;
import io.apiservervip.agent.vrrp.Standing;
import io.apiservervip.agent.vrrp.Version;
import io.apiservervip.agent.vrrp.VirtualRouterConfig;
import io.apiservervip.agent.vrrp.Vrid;
import io.apiservervip.agentapi.AgentConfig;
import io.apiservervip.agentapi.MemberConfig;
import io.apiservervip.agentapi.TakeOverConfig;
import io.apiservervip.agentapi.VrrpConfig;
import io.apiservervip.agentapi.VrrpGroupConfig;
import io.apiservervip.api.v1alpha1.AcceptFrom;
import io.apiservervip.api.v1alpha1.Transport;

/** From the document that all agents share to what this node's router loop runs from. Pure. */
final class RouterPlan {
  private static final long NANOS_PER_CENTISECOND = 10_000_000L;

  private RouterPlan() {}

  static RouterSettings of(AgentConfig document, VrrpConfig vrrp, MemberConfig self) {
    String own = self.interfaceName();
    return new RouterSettings(
        self.node(),
        router(vrrp, self),
        group(document, vrrp.group()),
        vrrp.addresses().stream()
            .map(virtual -> new VirtualAddress(virtual.address(), virtual.prefixLength()))
            .toList(),
        own == null ? vrrp.interfaceName() : own,
        Math.toIntExact(vrrp.addressLifetime().toSeconds()));
  }

  private static VirtualRouterConfig router(VrrpConfig vrrp, MemberConfig self) {
    long interval = vrrp.group().advertisementInterval().toNanos();
    return new VirtualRouterConfig(
        vrrp.group().version() == 2 ? Version.V2 : Version.V3,
        new AdvertisementInterval(Math.toIntExact(interval / NANOS_PER_CENTISECOND)),
        standing(new Priority(self.priority()), vrrp.takeOver()),
        vrrp.takeOver().startupDelay().toNanos(),
        new Announcements(vrrp.gratuitousArp().count(), vrrp.gratuitousArp().refresh().toNanos()));
  }

  private static Standing standing(Priority priority, TakeOverConfig takeOver) {
    if (priority.equals(Priority.OWNER)) {
      return new Standing.Owner();
    }
    Preemption preemption =
        takeOver.preempt()
            ? new Preemption.After(takeOver.preemptDelay().toNanos())
            : new Preemption.Never();
    return new Standing.Contender(priority, preemption);
  }

  private static RouterSettings.Group group(AgentConfig document, VrrpGroupConfig group) {
    return new RouterSettings.Group(
        new Vrid(group.virtualRouterId()),
        group.password() == null
            ? new Authentication.None()
            : Authentication.Password.of(group.password().text()),
        group.transport() == Transport.UNICAST ? Cast.UNICAST : Cast.MULTICAST,
        group.acceptFrom() == AcceptFrom.ANY,
        document.members().stream()
            .map(member -> new RouterSettings.Member(member.node(), member.addresses()))
            .toList());
  }
}
