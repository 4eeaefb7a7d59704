package io.apiservervip.e2e.proxy;

import io.apiservervip.e2e.lab.Host;
import io.apiservervip.e2e.lab.Lab;
import io.apiservervip.e2e.lab.LabProcess;
import io.apiservervip.e2e.router.Evidence;
import java.util.List;

/**
 * A proxy on the first host, plain TCP servers on the second and the third, both ends of every
 * connection in the hands of the test.
 */
record RelayStage(Lab lab, Rendezvous rendezvous, LabProcess proxy) {

  /** A test's body. */
  interface Body {
    void run(RelayStage stage) throws Exception;
  }

  static void on(Body body) throws Exception {
    on(ProxyConfig.Limits.NONE, body);
  }

  static void on(ProxyConfig.Limits limits, Body body) throws Exception {
    on(ProxyConfig.Check.TCP, limits, body);
  }

  static void on(ProxyConfig.Check check, ProxyConfig.Limits limits, Body body) throws Exception {
    try (Lab lab = Lab.open(3);
        Rendezvous rendezvous = new Rendezvous(lab, lab.host("cp-1").ipv4())) {
      Host second = lab.host("cp-2");
      Host third = lab.host("cp-3");
      rendezvous.listen(second).listen(third);
      List<String> backends =
          List.of(
              second.ipv4() + ":" + Rendezvous.BACKEND_PORT,
              third.ipv4() + ":" + Rendezvous.BACKEND_PORT);
      ProxyConfig config = ProxyConfig.of(Proxies.PORT, backends, check).with(limits);
      Evidence.of(
          lab,
          () -> {
            LabProcess proxy = Proxies.start(lab, lab.host("cp-1"), config);
            body.run(new RelayStage(lab, rendezvous, proxy));
          });
    }
  }
}
