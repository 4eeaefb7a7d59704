package io.apiservervip.agent.config;

import io.apiservervip.agent.config.ConfigChange.AgentSetting;
import io.apiservervip.agent.config.ConfigChange.Identity;
import io.apiservervip.agent.config.ConfigChange.Setting;
import io.apiservervip.agentapi.AgentConfig;
import io.apiservervip.agentapi.AgentSettings;
import io.apiservervip.agentapi.MemberConfig;
import io.apiservervip.agentapi.VrrpConfig;
import io.apiservervip.agentapi.VrrpGroupConfig;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a new document changes on one node; a document's generation alone changes nothing. */
public final class ConfigDiff {
  private final AgentConfig old;
  private final AgentConfig next;

  private ConfigDiff(AgentConfig old, AgentConfig next) {
    this.old = old;
    this.next = next;
  }

  /** The changes in the order in which they are to be applied; empty: nothing to do. */
  public static List<ConfigChange> between(AgentConfig old, AgentConfig next, String node) {
    return new ConfigDiff(old, next).changes(node);
  }

  private List<ConfigChange> changes(String node) {
    List<ConfigChange> changes = new ArrayList<>();
    ConfigChange router = router(old.vrrp(), old.member(node), next.vrrp(), next.member(node));
    if (router != null) {
      changes.add(router);
    }
    if (!Objects.equals(old.loadBalancer(), next.loadBalancer())) {
      changes.add(new ConfigChange.LoadBalancerChanged());
    }
    Set<AgentSetting> settings = settings(old.agent(), next.agent());
    if (!settings.isEmpty()) {
      changes.add(new ConfigChange.SettingsChanged(settings));
    }
    return List.copyOf(changes);
  }

  private @Nullable ConfigChange router(
      @Nullable VrrpConfig oldVrrp,
      @Nullable MemberConfig oldSelf,
      @Nullable VrrpConfig newVrrp,
      @Nullable MemberConfig newSelf) {
    if (oldVrrp == null || oldSelf == null) {
      return newVrrp == null || newSelf == null ? null : new ConfigChange.RouterAdded();
    }
    if (newVrrp == null || newSelf == null) {
      return new ConfigChange.RouterRemoved();
    }
    Set<Identity> identity = identity(oldVrrp, newVrrp);
    add(identity, Identity.NAME, old.name(), next.name());
    add(
        identity,
        Identity.INTERFACE,
        interfaceName(oldVrrp, oldSelf),
        interfaceName(newVrrp, newSelf));
    if (!identity.isEmpty()) {
      return new ConfigChange.IdentityChanged(identity);
    }
    Set<Setting> settings = routerSettings(oldVrrp, newVrrp);
    add(settings, Setting.PRIORITY, oldSelf.priority(), newSelf.priority());
    add(settings, Setting.MEMBERS, old.members(), next.members());
    add(settings, Setting.HEALTH_WEIGHTS, old.health(), next.health());
    return settings.isEmpty() ? null : new ConfigChange.RouterChanged(settings);
  }

  private static Set<Identity> identity(VrrpConfig old, VrrpConfig next) {
    Set<Identity> changed = EnumSet.noneOf(Identity.class);
    add(changed, Identity.VERSION, old.group().version(), next.group().version());
    add(
        changed,
        Identity.VIRTUAL_ROUTER_ID,
        old.group().virtualRouterId(),
        next.group().virtualRouterId());
    add(
        changed,
        Identity.FIRST_ADDRESS,
        old.addresses().getFirst().address(),
        next.addresses().getFirst().address());
    return changed;
  }

  private static Set<Setting> routerSettings(VrrpConfig old, VrrpConfig next) {
    Set<Setting> changed = EnumSet.noneOf(Setting.class);
    VrrpGroupConfig was = old.group();
    VrrpGroupConfig is = next.group();
    add(
        changed,
        Setting.ADVERTISEMENT_INTERVAL,
        was.advertisementInterval(),
        is.advertisementInterval());
    add(changed, Setting.TRANSPORT, was.transport(), is.transport());
    add(changed, Setting.ACCEPT_FROM, was.acceptFrom(), is.acceptFrom());
    add(changed, Setting.PASSWORD, was.password(), is.password());
    add(changed, Setting.ADDRESSES, old.addresses(), next.addresses());
    add(changed, Setting.ADDRESS_LIFETIME, old.addressLifetime(), next.addressLifetime());
    add(changed, Setting.TAKE_OVER, old.takeOver(), next.takeOver());
    add(changed, Setting.GRATUITOUS_ARP, old.gratuitousArp(), next.gratuitousArp());
    return changed;
  }

  private static Set<AgentSetting> settings(AgentSettings old, AgentSettings next) {
    Set<AgentSetting> changed = EnumSet.noneOf(AgentSetting.class);
    add(changed, AgentSetting.STATUS_PORT, old.statusPort(), next.statusPort());
    add(changed, AgentSetting.STATUS_ADDRESSES, old.statusAddresses(), next.statusAddresses());
    add(changed, AgentSetting.LOG_LEVEL, old.logLevel(), next.logLevel());
    return changed;
  }

  private static @Nullable String interfaceName(VrrpConfig vrrp, MemberConfig self) {
    return self.interfaceName() == null ? vrrp.interfaceName() : self.interfaceName();
  }

  private static <F> void add(Set<F> changed, F field, @Nullable Object was, @Nullable Object is) {
    if (!Objects.equals(was, is)) {
      changed.add(field);
    }
  }
}
