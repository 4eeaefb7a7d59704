package io.apiservervip.operator.model;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Judges what several resources claim. Of two that want the same the older one has it; the newer
 * one is refused, and is then in nobody else's way. What a document in force holds is not taken
 * from it by an edit of another resource: that one waits.
 */
final class Conflicts {
  private static final Comparator<VipFacts> BY_AGE =
      Comparator.comparing(VipFacts::created).thenComparing(VipFacts::name);

  /** A resource that nothing older stands against. */
  private record Standing(String name, Instant created, Claims claims) {}

  private final VipFacts self;
  private final List<VipFacts> others;
  private final List<NodeFacts> nodes;

  Conflicts(VipFacts self, ClusterView cluster) {
    this.self = self;
    this.others = cluster.vips().stream().filter(vip -> !vip.name().equals(self.name())).toList();
    this.nodes = cluster.nodes();
  }

  /** Why an older resource stands against this one; null: none does. */
  @Nullable Refusal refusal() {
    List<Standing> standing = new ArrayList<>();
    for (VipFacts vip : Stream.concat(others.stream(), Stream.of(self)).sorted(BY_AGE).toList()) {
      Claims wanted = Claims.wanted(vip.vip().spec(), nodes);
      Refusal refusal = refusal(vip, wanted, standing);
      if (vip.name().equals(self.name())) {
        return refusal;
      }
      if (refusal == null) {
        standing.add(new Standing(vip.name(), vip.created(), wanted));
      }
    }
    return null;
  }

  private static @Nullable Refusal refusal(VipFacts vip, Claims wanted, List<Standing> standing) {
    for (Standing older : standing) {
      Clash clash = Clash.between(wanted, older.claims());
      if (clash != null) {
        return new Refusal(
            RefusalReason.CONFLICT,
            clash.field(),
            clash.subject()
                + " is taken by ApiServerVip "
                + older.name()
                + (older.created().equals(vip.created())
                    ? ", which is as old and comes before "
                    : ", which is older than ")
                + vip.name()
                + "; "
                + clash.remedy()
                + " for "
                + vip.name()
                + ", or delete one of the two");
      }
    }
    return null;
  }

  /** What another document still holds of what this resource wants; null: nothing. */
  @Nullable Refusal heldByAnother() {
    Claims wanted = Claims.wanted(self.vip().spec(), nodes);
    Claims own = Claims.held(self.remembered().document());
    for (VipFacts other : others) {
      Claims held = Claims.held(other.remembered().document());
      Clash clash = Clash.between(wanted, held);
      if (clash != null && Clash.between(own, held) == null) {
        return new Refusal(
            RefusalReason.CONFLICT,
            clash.field(),
            clash.subject()
                + " is still held by the agents of ApiServerVip "
                + other.name()
                + ", so "
                + self.name()
                + " waits; change or delete "
                + other.name()
                + ", or undo the change here");
      }
    }
    return null;
  }
}
