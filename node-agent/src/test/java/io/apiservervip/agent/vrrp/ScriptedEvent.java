package io.apiservervip.agent.vrrp;

import java.net.InetAddress;
import java.util.Locale;

/** Reads one event from a line of a transcript or of the transition table. */
final class ScriptedEvent {
  private ScriptedEvent() {}

  static Event parse(Words words, VirtualRouterConfig config, long nowNanos) {
    return switch (words.list().getFirst()) {
      case "time" -> new Event.TimePassed();
      case "interface" -> ofInterface(words);
      case "advert" -> advert(words, config, nowNanos);
      case "foreign" ->
          new Event.ForeignHeard(
              Rejection.valueOf(words.after("foreign").toUpperCase(Locale.ROOT)),
              InetAddress.ofLiteral(words.after("from")),
              nowNanos);
      case "health" -> health(words);
      case "addresses", "address", "neighbour" -> ofAddress(words);
      case "sent" -> new Event.SendSucceeded();
      case "send" -> new Event.SendFailed();
      case "hand-over" -> new Event.HandOverRequested();
      case "shutdown" -> new Event.ShutdownRequested();
      case "reconfigure" -> new Event.Reconfigured(ScriptedConfig.change(config, words));
      default -> throw new IllegalArgumentException("no event: " + words);
    };
  }

  private static Event ofInterface(Words words) {
    if (words.startWith("interface ready")) {
      return new Event.InterfaceReady(InetAddress.ofLiteral(words.or("ready", "10.0.0.1")));
    }
    return words.has("vanished")
        ? new Event.InterfaceLost(FaultCause.NO_INTERFACE, "interface vanished", true)
        : new Event.InterfaceLost(FaultCause.NO_CARRIER, "no carrier", false);
  }

  private static Event advert(Words words, VirtualRouterConfig config, long nowNanos) {
    String interval = words.find("interval");
    String received = words.find("received");
    return new Event.AdvertReceived(
        InetAddress.ofLiteral(words.after("from")),
        new Priority(Integer.parseInt(words.after("prio"))),
        interval == null ? config.interval() : ScriptedConfig.interval(interval),
        received == null ? nowNanos : Durations.nanos(received));
  }

  private static Event health(Words words) {
    String weight = words.or("weight", "0");
    return new Event.HealthChanged(Integer.parseInt(weight), !words.has("cannot"));
  }

  private static Event ofAddress(Words words) {
    String line = String.join(" ", words.list());
    return switch (line) {
      case "addresses installed" -> new Event.AddressesInstalled();
      case "addresses failed" -> new Event.AddressesFailed("EPERM");
      case "address removed" -> new Event.AddressRemoved();
      case "address expired" -> new Event.AddressExpired();
      case "neighbour claims" -> new Event.NeighborClaimed();
      default -> throw new IllegalArgumentException("no address event: " + line);
    };
  }
}
