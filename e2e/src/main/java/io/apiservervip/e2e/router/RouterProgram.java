package io.apiservervip.e2e.router;

import io.apiservervip.e2e.lab.Lab;
import java.io.IOException;
import java.util.List;

/** A program that can be a member of a VRRP group. */
public interface RouterProgram {
  /** Name in tables and log files. */
  String name();

  /** Whether a router of this program has come up, and takes part in its group. */
  boolean ready(Router router) throws InterruptedException;

  /**
   * Writes the member's configuration; nothing runs yet.
   *
   * @param members everybody in the group, {@code member} among them
   */
  Router configure(Lab lab, GroupConfig group, List<GroupMember> members, GroupMember member)
      throws IOException;
}
