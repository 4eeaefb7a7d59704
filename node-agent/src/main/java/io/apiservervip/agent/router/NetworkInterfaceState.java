package io.apiservervip.agent.router;

/**
 * One network interface as the kernel last described it.
 *
 * @param index kernel's ifindex; a returning interface has a new one
 * @param mac all zero where the link layer has none
 * @param up administratively up (IFF_UP)
 * @param carrier lower layer up (IFF_RUNNING / IFF_LOWER_UP)
 * @param noArp IFF_NOARP: neither ARP nor ND is spoken here
 * @param loopback IFF_LOOPBACK
 */
public record NetworkInterfaceState(
    int index,
    String name,
    MacAddress mac,
    boolean up,
    boolean carrier,
    boolean noArp,
    boolean loopback) {

  /** Whether adverts can pass: up and with carrier. */
  public boolean usable() {
    return up && carrier;
  }
}
