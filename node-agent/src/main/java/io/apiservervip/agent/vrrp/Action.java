package io.apiservervip.agent.vrrp;

/** What the state machine wants done, in order; each is idempotent. */
public sealed interface Action {

  /** Send one advert with this priority in each family, to the group or to each peer. */
  record SendAdvertisement(Priority priority) implements Action {}

  /** Bring all virtual addresses onto the interface; answered by an event. */
  record InstallAddresses() implements Action {}

  /** Take all virtual addresses off the interface. */
  record RemoveAddresses() implements Action {}

  /** Send gratuitous ARP and unsolicited neighbour advertisements for all virtual addresses. */
  record Announce() implements Action {}

  /** The state's kind changed: to be logged, counted and shown. */
  record Transition(State from, State to, TransitionReason reason, String detail)
      implements Action {}
}
