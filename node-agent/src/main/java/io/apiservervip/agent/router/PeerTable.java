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
 * From whom adverts are heard: one row of the matrix "who hears whom". Owned by the loop thread.
 */
final class PeerTable {
  private static final int MAX_PEERS = 64;

  /** What is known of one sender. */
  private static final class Row {
    private long heardNanos;
    private int priority;
    private boolean resigned;
  }

  private final Map<InetAddress, Row> rows = new LinkedHashMap<>();

  void heard(Event.AdvertReceived advert) {
    Row row = rows.get(advert.source());
    if (row == null) {
      if (rows.size() >= MAX_PEERS) {
        return;
      }
      row = new Row();
      rows.put(advert.source(), row);
    }
    row.heardNanos = advert.receivedNanos();
    row.resigned = advert.priority().equals(Priority.RESIGN);
    if (!row.resigned) {
      row.priority = advert.priority().value();
    }
  }

  void forget() {
    rows.clear();
  }

  /** Who advertised within the last {@code windowNanos} and did not resign since; newest wins. */
  @Nullable InetAddress advertising(long nowNanos, long windowNanos) {
    InetAddress newest = null;
    long at = Long.MIN_VALUE;
    for (Map.Entry<InetAddress, Row> entry : rows.entrySet()) {
      Row row = entry.getValue();
      if (!row.resigned && nowNanos - row.heardNanos <= windowNanos && row.heardNanos > at) {
        newest = entry.getKey();
        at = row.heardNanos;
      }
    }
    return newest;
  }

  /**
   * The rows for status: members first, then others that were heard.
   *
   * @param windowNanos how young an advert must be for "heard"
   * @param wallClock time of day that belongs to {@code nowNanos}
   */
  List<RouterStatus.Peer> snapshot(
      RouterSettings settings, long nowNanos, long windowNanos, Instant wallClock) {
    List<RouterStatus.Peer> peers = new ArrayList<>();
    Map<InetAddress, Row> left = new LinkedHashMap<>(rows);
    for (RouterSettings.Member member : settings.others()) {
      InetAddress from = member.addresses().getFirst();
      Row row = null;
      for (InetAddress address : member.addresses()) {
        Row found = left.remove(address);
        if (found != null) {
          row = found;
          from = address;
        }
      }
      peers.add(peer(member.node(), from, row, nowNanos, windowNanos, wallClock));
    }
    left.forEach(
        (address, row) ->
            peers.add(
                peer(address.getHostAddress(), address, row, nowNanos, windowNanos, wallClock)));
    return peers;
  }

  private static RouterStatus.Peer peer(
      String node,
      InetAddress address,
      @Nullable Row row,
      long nowNanos,
      long windowNanos,
      Instant wallClock) {
    return row == null
        ? new RouterStatus.Peer(node, address, false, null, -1)
        : new RouterStatus.Peer(
            node,
            address,
            nowNanos - row.heardNanos <= windowNanos,
            wallClock.minusNanos(nowNanos - row.heardNanos),
            row.priority);
  }
}
