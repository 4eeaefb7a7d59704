package io.apiservervip.agent.router;

/** What a node is to its ApiServerVip, as shown in status; "Active" is keepalived's MASTER. */
public enum Role {
  /** Starting, or listening before the first advert. */
  INITIALIZE("Initialize"),
  BACKUP("Backup"),
  ACTIVE("Active"),
  /** Cannot take part; the message says why. */
  FAULT("Fault"),
  /** Another agent on this host runs the same ApiServerVip. */
  STANDBY("Standby");

  private final String text;

  Role(String text) {
    this.text = text;
  }

  /** The word in status and logs. */
  public String text() {
    return text;
  }
}
