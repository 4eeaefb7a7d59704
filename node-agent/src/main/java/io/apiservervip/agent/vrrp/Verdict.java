package io.apiservervip.agent.vrrp;

/** What one virtual router makes of one received packet: admitted, or rejected and counted. */
public sealed interface Verdict permits Verdict.Admitted, Reception.Rejected {

  /**
   * An advertisement of our virtual router; the only thing that reaches the state machine.
   *
   * @param intervalDiffers version 3: another interval than ours, which is adopted but worth a
   *     warning
   * @param listDiffers the addresses are not the same as ours, though some are: a rolling change
   */
  record Admitted(
      Advertisement advertisement, ChecksumForm form, boolean intervalDiffers, boolean listDiffers)
      implements Verdict {}
}
