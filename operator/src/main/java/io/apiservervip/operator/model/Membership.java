package io.apiservervip.operator.model;

import io.apiservervip.agentapi.MemberConfig;
import java.util.List;
import java.util.Map;

/** Who takes part in the group of a resource. */
sealed interface Membership {

  /**
   * These.
   *
   * @param ranks to be remembered
   */
  record Of(List<MemberConfig> members, Map<String, Integer> ranks, List<Note> notes)
      implements Membership {
    public Of {
      members = List.copyOf(members);
      ranks = Map.copyOf(ranks);
      notes = List.copyOf(notes);
    }
  }

  /** Nobody can. */
  record None(Refusal refusal) implements Membership {}
}
