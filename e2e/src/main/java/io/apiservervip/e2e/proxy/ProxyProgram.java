package io.apiservervip.e2e.proxy;

import io.apiservervip.e2e.lab.Host;
import io.apiservervip.e2e.lab.Lab;
import io.apiservervip.e2e.lab.LabProcess;
import java.io.IOException;

/** A program that can be the TCP proxy on a host. */
public interface ProxyProgram {
  /** Name in tables and log files. */
  String name();

  /** Starts it; it may take a moment until it listens. */
  LabProcess start(Lab lab, Host host, ProxyConfig config) throws IOException;
}
