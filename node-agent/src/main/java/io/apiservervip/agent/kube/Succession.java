package io.apiservervip.agent.kube;

import io.apiservervip.agent.router.Role;
import io.apiservervip.agent.router.RouterStatus;
import org.jspecify.annotations.Nullable;

/** Remembers from whom this node took the address over. Pure; one thread. */
final class Succession {
  private @Nullable String lastActive;
  private @Nullable String predecessor;
  private boolean active;

  /** The node that was Active before this one; null while this one is not, or nobody was heard. */
  @Nullable String predecessor(RouterStatus now) {
    if (now.role() != Role.ACTIVE) {
      active = false;
      predecessor = null;
      String heard = heardActive(now);
      if (heard != null) {
        lastActive = heard;
      }
    } else if (!active) {
      active = true;
      predecessor = lastActive;
    }
    return predecessor;
  }

  private static @Nullable String heardActive(RouterStatus now) {
    for (RouterStatus.Peer peer : now.peers()) {
      if (peer.address().equals(now.activeSource())) {
        return peer.node();
      }
    }
    return null;
  }
}
