package io.apiservervip.agent.vrrp;

/**
 * Holds the addresses and advertises them (RFC 9568 §6.4.3; MASTER in keepalived). Mutable, so that
 * the steady state allocates nothing; owned by its virtual router.
 */
public final class Active implements State {
  private static final long MILLI = 1_000_000L;
  private static final long PUT_BACK_SPACING = 100 * MILLI;
  private static final int INSTALL_ATTEMPTS = 3;

  private final Rivalry rivalry = new Rivalry();
  private long advertNanos;
  private long sentNanos;
  private boolean installed;
  private long announceStartNanos;
  private int announceIndex;
  private long announceNanos = Long.MAX_VALUE;
  private long putBackNanos = Long.MAX_VALUE;
  private long lastPutBackNanos = Long.MIN_VALUE / 2;
  private int installFailures;
  private long sendFailingSinceNanos = Long.MAX_VALUE;

  /** Just after the first advert of a reign. */
  Active(Step step) {
    this.sentNanos = step.nowNanos();
    this.advertNanos = sentNanos + step.intervalNanos();
  }

  /** The addresses should still be there after an offer that nobody took; the kernel is asked. */
  static Active resumed(Step step) {
    step.send(step.priority());
    step.install();
    return new Active(step);
  }

  @Override
  public State on(Event event, Step step) {
    if (step.nowNanos() - sentNanos > step.silenceLimitNanos()) {
      return late(event, step);
    }
    return switch (event) {
      case Event.TimePassed _ -> onTime(step);
      case Event.AdvertReceived advert -> onAdvert(advert, step);
      case Event.HealthChanged _ -> onHealth(step);
      case Event.AddressEvent address -> onAddress(address, step);
      case Event.SendSucceeded _ -> sendFailing(Long.MAX_VALUE);
      case Event.SendFailed _ -> sendFailing(Math.min(sendFailingSinceNanos, step.nowNanos()));
      case Event.Reconfigured _ -> onReconfigured(step);
      case Event.InterfaceReady _ -> advertiseNow(step);
      case Event.InterfaceLost lost -> onInterfaceLost(lost, step);
      case Event.HandOverRequested _ -> Leaving.handOver(step);
      case Event.ShutdownRequested _ -> Leaving.shutDown(step);
      case Event.ForeignHeard _ -> this;
    };
  }

  /**
   * Nothing was sent for so long that a Backup has taken over: the addresses go before anything
   * else.
   */
  private State late(Event event, Step step) {
    step.because(TransitionReason.LOOP_LATE, "the loop stood still");
    step.remove();
    State next = Backup.until(step.nowNanos() + step.activeDownNanos(), null);
    return next.on(event, step);
  }

  private State onTime(Step step) {
    long now = step.nowNanos();
    if (now >= advertNanos) {
      long next = advertNanos + step.intervalNanos();
      advertise(step, now > next ? now + step.intervalNanos() : next);
    }
    if (now >= putBackNanos) {
      putBack(step);
    }
    if (now >= announceNanos) {
      step.announce();
      scheduleAnnouncement(step);
    }
    return this;
  }

  private void advertise(Step step, long nextNanos) {
    step.send(step.priority());
    sentNanos = step.nowNanos();
    advertNanos = nextNanos;
  }

  private State advertiseNow(Step step) {
    advertise(step, step.nowNanos() + step.intervalNanos());
    return this;
  }

  private State onAdvert(Event.AdvertReceived advert, Step step) {
    if (advert.priority().equals(Priority.RESIGN)) {
      return advertiseNow(step);
    }
    boolean sendingFails =
        sendFailingSinceNanos != Long.MAX_VALUE
            && step.nowNanos() - sendFailingSinceNanos >= 2 * step.intervalNanos();
    if (sendingFails) {
      return giveWay(advert, TransitionReason.SEND_FAILING, step);
    }
    if (step.outranks(advert)) {
      step.send(step.priority());
      return Leaving.outranked(step.heard(advert, null), step);
    }
    return onLower(advert, step);
  }

  private State onLower(Event.AdvertReceived advert, Step step) {
    if (rivalry.unheard(advert, step.heard(advert, null), step.intervalNanos())) {
      step.deferToUnhearing();
      return giveWay(advert, TransitionReason.UNHEARD, step);
    }
    if (Rivalry.mayAnswer(step, sentNanos)) {
      advertiseNow(step);
    }
    if (installed && rivalry.mayAnnounce(step)) {
      startAnnouncing(step);
    }
    return this;
  }

  /** Steps down at once for an Active that serves already. */
  private State giveWay(Event.AdvertReceived advert, TransitionReason why, Step step) {
    Heard other = step.heard(advert, null);
    step.because(why, Step.describe(other) + " is Active too");
    step.remove();
    return Backup.until(other.heardNanos() + step.activeDownNanos(other), other);
  }

  /** Health that got worse is advertised once and then offered once; better is advertised. */
  private State onHealth(Step step) {
    if (!step.canServe()) {
      return Leaving.cannotServe(step);
    }
    int change = step.priority().compareTo(step.priorityBefore());
    if (change < 0) {
      step.send(step.priority());
      return Leaving.offer(step);
    }
    return change > 0 ? advertiseNow(step) : this;
  }

  private State onReconfigured(Step step) {
    step.install();
    return advertiseNow(step);
  }

  private State onInterfaceLost(Event.InterfaceLost lost, Step step) {
    step.send(Priority.RESIGN);
    return step.fault(lost);
  }

  private State onAddress(Event.AddressEvent event, Step step) {
    return switch (event) {
      case Event.AddressesInstalled _ -> onInstalled(step);
      case Event.AddressesFailed failed -> onInstallFailed(failed, step);
      case Event.AddressRemoved _ -> onRemoved(step);
      case Event.AddressExpired _ -> onExpired(step);
      case Event.NeighborClaimed _ -> onClaimed(step);
    };
  }

  private State onInstalled(Step step) {
    installFailures = 0;
    if (installed) {
      step.announce();
      return this;
    }
    installed = true;
    startAnnouncing(step);
    return this;
  }

  private State onInstallFailed(Event.AddressesFailed failed, Step step) {
    installFailures++;
    if (installFailures < INSTALL_ATTEMPTS) {
      step.install();
      return this;
    }
    step.send(Priority.RESIGN);
    long retry = step.nowNanos() + Fault.ADDRESS_RETRY_NANOS;
    return step.fault(
        TransitionReason.ADDRESS_FAILED,
        new Fault(FaultCause.ADDRESS_FAILED, failed.detail(), retry));
  }

  private State onRemoved(Step step) {
    if (step.nowNanos() - lastPutBackNanos >= PUT_BACK_SPACING) {
      putBack(step);
    } else {
      putBackNanos = lastPutBackNanos + PUT_BACK_SPACING;
    }
    return this;
  }

  private void putBack(Step step) {
    lastPutBackNanos = step.nowNanos();
    putBackNanos = Long.MAX_VALUE;
    step.install();
  }

  private State onExpired(Step step) {
    step.because(
        TransitionReason.ADDRESS_EXPIRED, "the kernel dropped an address that was not renewed");
    step.remove();
    return Backup.until(step.nowNanos() + step.activeDownNanos(), null);
  }

  private State onClaimed(Step step) {
    if (installed && rivalry.mayAnnounce(step)) {
      step.announce();
    }
    return this;
  }

  private State sendFailing(long sinceNanos) {
    sendFailingSinceNanos = sinceNanos;
    return this;
  }

  private void startAnnouncing(Step step) {
    announceStartNanos = step.nowNanos();
    announceIndex = 0;
    step.announce();
    scheduleAnnouncement(step);
  }

  private void scheduleAnnouncement(Step step) {
    announceIndex++;
    announceNanos = step.config().announcements().dueNanos(announceIndex, announceStartNanos);
  }

  @Override
  public long deadlineNanos() {
    return Math.min(advertNanos, Math.min(announceNanos, putBackNanos));
  }

  @Override
  public String toString() {
    return "Active" + (installed ? "" : "[installing]");
  }
}
