package io.apiservervip.e2e.proxybench;

import io.apiservervip.e2e.lab.Lab;
import io.apiservervip.e2e.probe.TlsServer;
import java.io.IOException;

/** How one of three API servers is lost, and how it comes back. */
enum Loss {
  /** The control: nothing is lost. */
  NONE("none (control)") {
    @Override
    void inflict(Lab lab, TlsServer server) {}

    @Override
    void undo(Lab lab, TlsServer server) {}
  },
  CUT("silently cut") {
    @Override
    void inflict(Lab lab, TlsServer server) throws IOException {
      lab.lanSwitch().blackhole(server.host());
    }

    @Override
    void undo(Lab lab, TlsServer server) throws IOException {
      lab.lanSwitch().heal(server.host());
    }
  },
  HUNG("hung (SIGSTOP)") {
    @Override
    void inflict(Lab lab, TlsServer server) throws IOException {
      server.freeze();
    }

    @Override
    void undo(Lab lab, TlsServer server) throws IOException {
      server.resume();
    }
  },
  REFUSING("killed, refusing") {
    @Override
    void inflict(Lab lab, TlsServer server) throws IOException, InterruptedException {
      server.kill();
    }

    @Override
    void undo(Lab lab, TlsServer server) throws IOException, InterruptedException {
      server.start();
      server.awaitListening();
    }
  };

  private final String title;

  Loss(String title) {
    this.title = title;
  }

  String title() {
    return title;
  }

  abstract void inflict(Lab lab, TlsServer server) throws IOException, InterruptedException;

  abstract void undo(Lab lab, TlsServer server) throws IOException, InterruptedException;
}
