package io.apiservervip.operator.model;

import io.apiservervip.agentapi.AgentConfig;
import io.apiservervip.agentapi.VrrpConfig;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is to be made of a resource. */
public sealed interface VipPlan {

  /** The document that agents are to run from; null: no agents. */
  @Nullable AgentConfig document();

  /** The Service; null: none is wanted. */
  @Nullable ServicePlan service();

  /**
   * The resource is carried out.
   *
   * @param generation of the spec that was planned
   * @param document null where no agents are needed
   * @param ranks to be remembered with the document, see {@link RankText}
   * @param agents null where no agents are needed, or somebody else starts them (StaticPod)
   * @param notes what the user should know
   * @param withheld why the document in force stays although the spec is accepted; null: it does
   *     not, {@code document} is of this generation
   */
  record Accepted(
      long generation,
      @Nullable AgentConfig document,
      Map<String, Integer> ranks,
      @Nullable AgentsPlan agents,
      @Nullable ServicePlan service,
      List<Note> notes,
      @Nullable Refusal withheld)
      implements VipPlan {
    public Accepted {
      ranks = Map.copyOf(ranks);
      notes = List.copyOf(notes);
    }
  }

  /**
   * The resource is not carried out: everything that was made for it stays as it is.
   *
   * @param generation of the spec that was refused
   * @param document the one in force; null: there never was one
   * @param service whose endpoints are kept all the same, so that they do not grow stale; the
   *     Service itself is not touched
   */
  record Refused(
      long generation,
      Refusal refusal,
      @Nullable AgentConfig document,
      @Nullable ServicePlan service)
      implements VipPlan {}

  /** Generation of the spec that this is the plan of. */
  long generation();

  /** Id of the virtual router; null without addresses. */
  default @Nullable Integer virtualRouterId() {
    AgentConfig document = document();
    VrrpConfig vrrp = document == null ? null : document.vrrp();
    return vrrp == null ? null : vrrp.group().virtualRouterId();
  }

  /** The document holds a password, so its place is a Secret. */
  default boolean secret() {
    AgentConfig document = document();
    VrrpConfig vrrp = document == null ? null : document.vrrp();
    return vrrp != null && vrrp.group().password() != null;
  }
}
