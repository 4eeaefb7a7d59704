package io.apiservervip.agent.vrrp;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Actions and states as transcripts print them. */
final class Printed {
  private Printed() {}

  static String actions(List<Action> actions) {
    return actions.isEmpty()
        ? "-"
        : actions.stream().map(Printed::action).collect(Collectors.joining(", "));
  }

  private static String action(Action action) {
    return switch (action) {
      case Action.SendAdvertisement sent -> "send " + sent.priority();
      case Action.InstallAddresses _ -> "install";
      case Action.RemoveAddresses _ -> "remove";
      case Action.Announce _ -> "announce";
      case Action.Transition change ->
          kind(change.from())
              + " -> "
              + kind(change.to())
              + " ("
              + change.reason().tag()
              + ": "
              + change.detail()
              + ")";
    };
  }

  static String kind(State state) {
    return state.getClass().getSimpleName();
  }

  /** The state with what it remembers, and its deadline. */
  static String state(State state) {
    String memory =
        switch (state) {
          case Initialize _, Active _, Stopped _ -> "";
          case Listening listening ->
              heard(listening.active()) + (listening.foreign() == null ? "" : ", foreign sign");
          case Backup backup ->
              heard(backup.active())
                  + (backup.onExpiry() == TransitionReason.ACTIVE_SILENT
                      ? ""
                      : ", " + backup.onExpiry().tag())
                  + (backup.declinedNanos() == 0 ? "" : ", declined")
                  + (backup.extended() ? ", extended" : "");
          case Leaving leaving ->
              " "
                  + leaving.purpose().name().toLowerCase(java.util.Locale.ROOT)
                  + successor(leaving);
          case Fault fault -> " " + fault.cause() + " '" + fault.detail() + "'";
        };
    return kind(state) + memory + " until " + Durations.text(state.deadlineNanos());
  }

  private static String successor(Leaving leaving) {
    return leaving.successor() == null ? "" : heard(leaving.successor());
  }

  private static String heard(@Nullable Heard active) {
    return active == null
        ? ""
        : " of "
            + active.source().getHostAddress()
            + " prio "
            + active.priority()
            + switch (active.offer()) {
              case NONE -> "";
              case LOWERED -> " (lowered)";
              case STANDING -> " (offered)";
            };
  }
}
