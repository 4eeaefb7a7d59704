package io.apiservervip.agent.bootstrap;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where the name should point, by what the checks have found. */
sealed interface Aim {

  /** The virtual address: it answers, and the work is done. */
  record AtVip(String address) implements Aim {}

  /** An API server's own address, until the virtual address answers. */
  record AtServer(String address) implements Aim {}

  /** Where it points now, or nowhere: nothing is known that answers. */
  record Stay() implements Aim {}

  /**
   * What is known of one address and port.
   *
   * @param checked whether a check has told anything yet
   * @param up whether it answers; false until it was checked
   * @param error why it does not, a phrase; null where it does, or nothing is known
   */
  record Seen(String address, int port, boolean checked, boolean up, @Nullable String error) {
    /** Such as {@code 10.99.0.11:6443: connection refused}. */
    String text() {
      String host = address.indexOf(':') < 0 ? address : "[" + address + "]";
      String said = error == null ? "not answered yet" : error;
      return host + ":" + port + ": " + (up ? "answers" : said);
    }
  }

  /**
   * The virtual address before all, once it was checked; then the server that is pointed at, as
   * long as it answers; then the first one that does.
   *
   * @param current where the name points now; null: nowhere
   * @param vip null where there is none, or nobody waits for it
   */
  static Aim choose(@Nullable String current, @Nullable Seen vip, List<Seen> servers) {
    if (vip != null && !vip.checked()) {
      return new Stay();
    }
    if (vip != null && vip.up()) {
      return new AtVip(vip.address());
    }
    Optional<String> kept =
        servers.stream()
            .filter(Seen::up)
            .map(Seen::address)
            .filter(a -> a.equals(current))
            .findFirst();
    return kept.or(() -> servers.stream().filter(Seen::up).map(Seen::address).findFirst())
        .<Aim>map(AtServer::new)
        .orElseGet(Stay::new);
  }
}
