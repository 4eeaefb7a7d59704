package io.apiservervip.agent.linux;

/** The kernel's services that are spoken to by netlink(7). */
enum NetlinkProtocol {
  ROUTE(0, "for links and addresses"),
  NETFILTER(12, "for nf_tables");

  private final int number;
  private final String purpose;

  NetlinkProtocol(int number, String purpose) {
    this.number = number;
    this.purpose = purpose;
  }

  /** The number in the kernel's ABI. */
  int number() {
    return number;
  }

  /** For messages to people. */
  String purpose() {
    return purpose;
  }
}
