package io.apiservervip.agent.preflight;

import io.apiservervip.agent.router.RouterSettings;
import io.apiservervip.agent.vrrp.Reception;
import io.apiservervip.agent.vrrp.Verdict;
import java.net.InetAddress;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** Whether somebody else uses the group's virtual router id. Pure. */
final class VridFinding {
  private static final int MOST_NAMED = 3;

  private VridFinding() {}

  /**
   * @param heard the last advert of each sender and id
   * @param free ids that nobody was heard with
   */
  static Finding of(
      RouterSettings settings, Collection<HeardAdvert> heard, String free, long seconds) {
    int vrid = settings.group().vrid().value();
    String check = "virtual router id " + vrid;
    List<HeardAdvert> same =
        heard.stream().filter(h -> h.advertisement().vrid().value() == vrid).toList();
    List<HeardAdvert> strangers =
        same.stream()
            .filter(h -> h.verdict() instanceof Reception.Rejected r && r.foreign())
            .toList();
    if (!strangers.isEmpty()) {
      return Finding.fail(
          check,
          "in use by " + few(strangers),
          "set spec.vrrp.virtualRouterId to a free one ("
              + free
              + "), or make that group's version, password and addresses the same");
    }
    List<HeardAdvert> ours =
        same.stream().filter(h -> h.verdict() instanceof Verdict.Admitted).toList();
    List<HeardAdvert> odd = same.stream().filter(h -> !ours.contains(h)).toList();
    if (!odd.isEmpty()) {
      return Finding.warn(
          check,
          "heard and not understood as this group's: " + few(odd),
          "compare transport and addresses of both, or set a free id (" + free + ")");
    }
    return ours.isEmpty()
        ? Finding.ok(check, "nobody uses it, as far as " + seconds + " s of listening tell")
        : Finding.ok(check, "this group's: " + senders(settings, ours));
  }

  private static String senders(RouterSettings settings, List<HeardAdvert> ours) {
    return ours.stream()
        .map(
            h ->
                settings.nameOf(h.source())
                    + " advertises with priority "
                    + h.advertisement().priority().value())
        .collect(Collectors.joining(", "));
  }

  private static String few(List<HeardAdvert> adverts) {
    String named =
        adverts.stream().limit(MOST_NAMED).map(VridFinding::text).collect(Collectors.joining("; "));
    return adverts.size() <= MOST_NAMED
        ? named
        : named + " and " + (adverts.size() - MOST_NAMED) + " more";
  }

  private static String text(HeardAdvert heard) {
    String reason =
        heard.verdict() instanceof Reception.Rejected rejected
            ? ", " + rejected.reason().tag()
            : "";
    return heard.source().getHostAddress()
        + " (version "
        + heard.advertisement().version().number()
        + ", priority "
        + heard.advertisement().priority().value()
        + ", addresses "
        + heard.advertisement().addresses().stream()
            .map(InetAddress::getHostAddress)
            .collect(Collectors.joining(" "))
        + reason
        + ")";
  }
}
