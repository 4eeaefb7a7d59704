package io.apiservervip.e2e.bench;

import io.apiservervip.e2e.lab.HolderWatch;
import io.apiservervip.e2e.lab.Lab;
import io.apiservervip.e2e.router.RouterGroup;
import io.apiservervip.e2e.router.RouterProgram;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeoutException;

/** A few rounds of each fault with one program, its group kept up between them. */
record Block(RouterProgram program, Profile profile, List<Fault> faults, int rounds) {

  /** Hears of every round. */
  interface Audience {
    void done(Round round);

    void lost(Fault fault, String why);
  }

  void run(Lab lab, HolderWatch watch, RoundRunner runner, Audience audience)
      throws IOException, InterruptedException {
    RouterGroup group = RouterGroup.configure(lab, program, profile.group(), watch);
    try {
      for (Fault fault : faults) {
        for (int i = 0; i < rounds; i++) {
          try {
            audience.done(runner.run(program.name(), profile, fault, group));
          } catch (TimeoutException e) {
            audience.lost(fault, String.valueOf(e.getMessage()));
            lab.lanSwitch().healAll(lab.hosts());
            group.clear(lab);
          }
        }
      }
    } finally {
      group.clear(lab);
    }
  }
}
