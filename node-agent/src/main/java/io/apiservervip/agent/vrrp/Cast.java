package io.apiservervip.agent.vrrp;

import java.net.InetAddress;

/** How the members of a virtual router reach each other. */
public enum Cast {
  /** By 224.0.0.18 or ff02::12; hop limit 255 proves that a packet comes from this link. */
  MULTICAST,
  /** By a copy to each member; routers may lie between them, so the hop limit proves nothing. */
  UNICAST;

  /** Whether a packet to this destination belongs to this way of sending. */
  boolean fits(Family family, InetAddress destination) {
    return switch (this) {
      case MULTICAST -> destination.equals(family.multicastGroup());
      case UNICAST -> !destination.isMulticastAddress();
    };
  }
}
