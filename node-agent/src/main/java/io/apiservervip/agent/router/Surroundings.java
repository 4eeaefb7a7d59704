package io.apiservervip.agent.router;

import io.apiservervip.agent.vrrp.Event;
import io.apiservervip.agent.vrrp.FaultCause;
import java.util.Queue;
import java.util.concurrent.TimeUnit;

/**
 * Keeps the virtual router told of its host: links and addresses as the kernel reports them, and
 * what came of the address thread's work. Loop thread.
 */
final class Surroundings {
  private static final long REDUMP_NANOS = 1_000_000_000L;

  private final HostNetwork network;
  private final AddressKeeper keeper;
  private final Queue<AddressKeeper.Result> news;
  private final Machine machine;
  private final RouterObserver observer;
  private final HostLinks links = new HostLinks();

  private boolean changed = true;
  private boolean virtualGone;
  private boolean stockTaken;
  private long dumpRequest;
  private long redumpNanos = Long.MAX_VALUE;

  /**
   * @param news bounded; filled by the address thread
   */
  Surroundings(
      HostNetwork network,
      AddressKeeper keeper,
      Queue<AddressKeeper.Result> news,
      Machine machine,
      RouterObserver observer) {
    this.network = network;
    this.keeper = keeper;
    this.news = news;
    this.machine = machine;
    this.observer = observer;
  }

  /** Takes stock; where the kernel does not answer, the address thread asks it again. */
  void begin() {
    try {
      takeStock(network.links().snapshot());
    } catch (OperatingException e) {
      observer.warning("links", String.valueOf(e.getMessage()));
      links.apply(new LinkEvent.Overrun());
      keeper.requestDump(++dumpRequest);
    }
  }

  /** With the first dump, what an earlier life left behind is seen, and is to go. */
  private void takeStock(LinkSnapshot snapshot) {
    links.replace(snapshot);
    if (stockTaken) {
      return;
    }
    stockTaken = true;
    for (InterfaceAddress old : links.leftOver(machine.settings().addresses())) {
      if (!machine.everHeld().contains(old.address())) {
        VirtualAddress address = new VirtualAddress(old.address(), old.prefixLength());
        keeper.inherit(old.interfaceIndex(), address);
        observer.notice(
            "removing " + old.address().getHostAddress() + ", left over from an earlier life");
      }
    }
  }

  /** Takes in what the kernel and the address thread have to say. */
  void drain(long nowNanos) {
    network.links().drain(event -> onLink(event, nowNanos));
    if (nowNanos >= redumpNanos) {
      redumpNanos = Long.MAX_VALUE;
      keeper.requestDump(++dumpRequest);
    }
    if (virtualGone) {
      virtualGone = false;
      onVirtualGone(nowNanos);
    }
    for (AddressKeeper.Result next = news.poll(); next != null; next = news.poll()) {
      onResult(next, nowNanos);
    }
  }

  private void onLink(LinkEvent event, long nowNanos) {
    boolean differs = links.apply(event);
    changed |= differs;
    switch (event) {
      case LinkEvent.Overrun _ -> keeper.requestDump(++dumpRequest);
      case LinkEvent.AddressGone gone -> {
        InterfaceAddress address = gone.address();
        boolean expected = keeper.expectedRemoval(address.interfaceIndex(), address.address());
        virtualGone |= !expected && isVirtual(address);
      }
      case LinkEvent.InterfaceGone gone -> onInterfaceGone(gone, nowNanos);
      case LinkEvent.AddressAdded _, LinkEvent.InterfaceChanged _ -> {}
    }
  }

  /** At once, because an interface of the same number may follow in the same breath. */
  private void onInterfaceGone(LinkEvent.InterfaceGone gone, long nowNanos) {
    Attachment attachment = machine.attachment();
    if (attachment != null && attachment.link().index() == gone.index()) {
      String text = "interface " + attachment.link().name() + " is gone";
      machine.lose(FaultCause.NO_INTERFACE, text, true, nowNanos);
    }
  }

  private boolean isVirtual(InterfaceAddress gone) {
    Attachment attachment = machine.attachment();
    return attachment != null
        && attachment.link().index() == gone.interfaceIndex()
        && machine.settings().isVirtual(gone.address());
  }

  /** Nothing is wrong if the address was put again meanwhile. */
  private void onVirtualGone(long nowNanos) {
    if (!machine.holdsAddresses() || ownsAddresses()) {
      return;
    }
    int lifetime = machine.settings().lifetimeSeconds();
    if (lifetime != 0 && nowNanos - keeper.renewedNanos() >= TimeUnit.SECONDS.toNanos(lifetime)) {
      machine.step(new Event.AddressExpired(), nowNanos);
      return;
    }
    observer.addressPutBack();
    machine.step(new Event.AddressRemoved(), nowNanos);
  }

  /** An answer to a wish that was replaced meanwhile means nothing. */
  private void onResult(AddressKeeper.Result result, long nowNanos) {
    switch (result) {
      case AddressKeeper.Result.Installed installed -> {
        if (keeper.isCurrent(installed.wish())) {
          machine.step(new Event.AddressesInstalled(), nowNanos);
        }
      }
      case AddressKeeper.Result.Failed failed -> {
        if (keeper.isCurrent(failed.wish())) {
          machine.step(new Event.AddressesFailed(failed.detail()), nowNanos);
        }
      }
      case AddressKeeper.Result.Expired expired -> {
        if (keeper.isCurrent(expired.wish())) {
          machine.step(new Event.AddressExpired(), nowNanos);
        }
      }
      case AddressKeeper.Result.NotRemoved stuck -> observer.warning("address", stuck.detail());
      case AddressKeeper.Result.CompanionFailed failed ->
          observer.warning("companion", failed.detail());
      case AddressKeeper.Result.DumpFailed failed -> {
        observer.warning("links", failed.detail());
        redumpNanos = nowNanos + REDUMP_NANOS;
      }
      case AddressKeeper.Result.Dumped dumped -> {
        if (dumped.request() == dumpRequest) {
          takeStock(dumped.snapshot());
          changed = true;
          virtualGone = true;
        }
      }
    }
  }

  /** Whether {@link #settle} has something to do, so that there is no time to sleep. */
  boolean unsettled(long nowNanos) {
    return changed || virtualGone || machine.unsettled(nowNanos);
  }

  /** Moves the virtual router to where it belongs now; a change of nothing does nothing. */
  void settle(long nowNanos) {
    if (!changed && !machine.unsettled(nowNanos)) {
      return;
    }
    changed = false;
    Attachment attachment = machine.attachment();
    boolean exists = attachment == null || links.exists(attachment.link().index());
    machine.settle(links.select(machine.settings(), machine.everHeld()), exists, nowNanos);
  }

  /** Whether the kernel holds every virtual address where we are. */
  boolean ownsAddresses() {
    Attachment attachment = machine.attachment();
    return attachment != null
        && links.holdsAll(attachment.link().index(), machine.settings().addresses());
  }

  /** Whether this is the link-layer address of one of this host's own interfaces. */
  boolean isOwn(MacAddress mac) {
    return links.isOwn(mac);
  }
}
