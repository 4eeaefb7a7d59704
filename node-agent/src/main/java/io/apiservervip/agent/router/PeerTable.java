package io.apiservervip.agent.router;

import io.apiservervip.agent.vrrp.Event;
import io.apiservervip.agent.vrrp.Priority;
import java.net.InetAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * From whom adverts are heard: one row of the matrix "who hears whom", for the 64 senders heard
 * last. Owned by the loop thread.
 */
final class PeerTable {
  private static final int MAX_PEERS = 64;

  /** An advert older than so many of its sender's intervals says nothing of today. */
  private static final int FRESH_INTERVALS = 4;

  /** What is known of one sender. */
  private static final class Row {
    private long heardNanos;
    private long intervalNanos;
    private int priority;
    private boolean resigned;

    boolean fresh(long nowNanos) {
      return nowNanos - heardNanos <= FRESH_INTERVALS * intervalNanos;
    }
  }

  private static final class Rows extends LinkedHashMap<InetAddress, Row> {
    private static final long serialVersionUID = 1L;

    Rows() {
      super(MAX_PEERS * 2, 0.75f, true);
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<InetAddress, Row> eldest) {
      return size() > MAX_PEERS;
    }
  }

  private final Map<InetAddress, Row> rows = new Rows();

  void heard(Event.AdvertReceived advert) {
    Row row = rows.get(advert.source());
    if (row == null) {
      row = new Row();
      rows.put(advert.source(), row);
    }
    row.heardNanos = advert.receivedNanos();
    row.intervalNanos = advert.interval().nanos();
    row.resigned = advert.priority().equals(Priority.RESIGN);
    row.priority = row.resigned ? row.priority : advert.priority().value();
  }

  void forget() {
    rows.clear();
  }

  /** Who advertised within its last four intervals and did not resign since; newest wins. */
  @Nullable InetAddress advertising(long nowNanos) {
    InetAddress newest = null;
    long at = Long.MIN_VALUE;
    for (Map.Entry<InetAddress, Row> entry : rows.entrySet()) {
      Row row = entry.getValue();
      if (!row.resigned && row.fresh(nowNanos) && row.heardNanos > at) {
        newest = entry.getKey();
        at = row.heardNanos;
      }
    }
    return newest;
  }

  /**
   * The rows for status: members first, then others that were heard.
   *
   * @param wallClock time of day that belongs to {@code nowNanos}
   */
  List<RouterStatus.Peer> snapshot(RouterSettings settings, long nowNanos, Instant wallClock) {
    List<RouterStatus.Peer> peers = new ArrayList<>();
    Map<InetAddress, Row> left = new LinkedHashMap<>(rows);
    for (RouterSettings.Member member : settings.others()) {
      InetAddress from = member.addresses().getFirst();
      Row row = null;
      for (InetAddress address : member.addresses()) {
        Row found = left.remove(address);
        if (found != null && (row == null || found.heardNanos - row.heardNanos > 0)) {
          row = found;
          from = address;
        }
      }
      peers.add(peer(member.node(), from, row, nowNanos, wallClock));
    }
    left.forEach(
        (address, row) ->
            peers.add(peer(address.getHostAddress(), address, row, nowNanos, wallClock)));
    return peers;
  }

  private static RouterStatus.Peer peer(
      String node, InetAddress address, @Nullable Row row, long nowNanos, Instant wallClock) {
    return row == null
        ? new RouterStatus.Peer(node, address, false, null, -1)
        : new RouterStatus.Peer(
            node,
            address,
            row.fresh(nowNanos),
            wallClock.minusNanos(nowNanos - row.heardNanos),
            row.priority);
  }
}
