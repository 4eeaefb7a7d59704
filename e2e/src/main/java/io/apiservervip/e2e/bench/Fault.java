package io.apiservervip.e2e.bench;

import io.apiservervip.e2e.lab.Lab;
import io.apiservervip.e2e.router.Router;
import java.io.IOException;

/** What happens to the Active of a group, and how it is undone. */
enum Fault {
  /** The control: what the client sees when nothing happens. */
  NONE("none (control)") {
    @Override
    void inflict(Lab lab, Router active) throws InterruptedException {
      Thread.sleep(1000);
    }

    @Override
    void undo(Lab lab, Router active) {}
  },
  KILL("kill -9") {
    @Override
    void inflict(Lab lab, Router active) throws IOException, InterruptedException {
      active.kill();
    }

    @Override
    void undo(Lab lab, Router active) {}
  },
  SILENT_CUT("silent cut") {
    @Override
    void inflict(Lab lab, Router active) throws IOException {
      lab.lanSwitch().blackhole(active.host());
    }

    @Override
    void undo(Lab lab, Router active) throws IOException {
      lab.lanSwitch().heal(active.host());
    }
  },
  LINK_DOWN("link down") {
    @Override
    void inflict(Lab lab, Router active) throws IOException {
      lab.lanSwitch().cut(active.host());
    }

    @Override
    void undo(Lab lab, Router active) throws IOException {
      lab.lanSwitch().heal(active.host());
    }
  },
  STOP("graceful stop") {
    @Override
    void inflict(Lab lab, Router active) throws IOException, InterruptedException {
      active.stop();
    }

    @Override
    void undo(Lab lab, Router active) {}
  },
  FREEZE("freeze") {
    @Override
    void inflict(Lab lab, Router active) throws IOException {
      active.freeze();
    }

    @Override
    void undo(Lab lab, Router active) throws IOException {
      active.resume();
    }
  };

  private final String title;

  Fault(String title) {
    this.title = title;
  }

  String title() {
    return title;
  }

  /** Whether the old host stays reachable while its program is gone. */
  boolean leavesTheHostUp() {
    return this == KILL || this == FREEZE;
  }

  /** Whether somebody else takes the address over. */
  boolean moves() {
    return this != NONE;
  }

  /** Whether the host cannot be reached while the fault lasts. */
  boolean disconnects() {
    return this == SILENT_CUT || this == LINK_DOWN;
  }

  abstract void inflict(Lab lab, Router active) throws IOException, InterruptedException;

  abstract void undo(Lab lab, Router active) throws IOException, InterruptedException;
}
