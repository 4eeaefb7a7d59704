package io.apiservervip.agent.proxy;

import io.apiservervip.agent.vrrp.SeededTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

class SessionSimulationTest {
  private static final long TENTH = 100_000_000L;
  private static final SimulatedServer[] BEHAVIOURS = SimulatedServer.values();
  private static final SessionRules DEFAULTS =
      new SessionRules(true, 100 * TENTH, 20 * TENTH, TENTH, 10 * TENTH, 100 * TENTH);

  @SeededTest(runs = 2000)
  void clientIsServedWhileOneServerIsGoodAndOneAtMostSpoilsIt(Random random) {
    List<SimulatedServer> servers = servers(random, 1);
    servers.add(random.nextInt(servers.size() + 1), SimulatedServer.GOOD);
    SimulatedClient client = new SimulatedClient(random, servers, DEFAULTS);
    sendHello(client, random);
    if (random.nextInt(4) == 0) {
      client.fullFor(random.nextInt(5_000));
    }
    someServersGoDown(client, random, servers.size());
    client.run();
    client.checkEnd();
    client.checkServed();
  }

  @SeededTest(runs = 2000)
  void everySessionEndsWhateverServersAndClientsDo(Random random) {
    List<SimulatedServer> servers = servers(random, 8);
    SimulatedClient client = new SimulatedClient(random, servers, rules(random));
    switch (random.nextInt(4)) {
      case 0 -> sendHello(client, random);
      case 1 ->
          client.at(random.nextInt(11_000), () -> bytes(client, FirstFlight.Kind.NOT_REPLAYABLE));
      case 2 -> client.at(random.nextInt(100), () -> bytes(client, FirstFlight.Kind.INCOMPLETE));
      default -> {}
    }
    if (random.nextInt(3) == 0) {
      boolean reset = random.nextBoolean();
      client.at(
          random.nextInt(3_000), () -> client.session().clientEnded(reset, client.nowNanos()));
    }
    if (random.nextInt(3) == 0) {
      client.fullFor(random.nextInt(15_000));
    }
    if (random.nextInt(5) == 0) {
      client.at(random.nextInt(3_000), () -> client.session().end(SessionEnd.ADDRESS_LOST, true));
    }
    someServersGoDown(client, random, servers.size());
    client.run();
    client.checkEnd();
  }

  private static void bytes(SimulatedClient client, FirstFlight.Kind kind) {
    client.session().clientBytes(client.nowNanos());
    client.session().firstFlight(kind, client.nowNanos());
  }

  private static void sendHello(SimulatedClient client, Random random) {
    int segments = 1 + random.nextInt(3);
    int millis = 0;
    for (int i = 1; i <= segments; i++) {
      FirstFlight.Kind kind =
          i == segments ? FirstFlight.Kind.COMPLETE : FirstFlight.Kind.INCOMPLETE;
      millis += random.nextInt(100);
      client.at(
          millis,
          () -> {
            client.session().clientBytes(client.nowNanos());
            client.session().firstFlight(kind, client.nowNanos());
          });
    }
  }

  private static void someServersGoDown(SimulatedClient client, Random random, int servers) {
    for (int i = random.nextInt(3); i > 0; i--) {
      int server = random.nextInt(Math.max(1, servers));
      client.at(
          random.nextInt(2_000), () -> client.session().serverDown(server, client.nowNanos()));
    }
  }

  /** Up to six servers, of which some spoil a connection after they accepted it. */
  private static List<SimulatedServer> servers(Random random, int mostThatSpoil) {
    List<SimulatedServer> servers = new ArrayList<>();
    int spoiling = 0;
    for (int i = random.nextInt(6); i > 0; i--) {
      SimulatedServer server = BEHAVIOURS[random.nextInt(BEHAVIOURS.length)];
      if (!server.spoils() || spoiling++ < mostThatSpoil) {
        servers.add(server);
      }
    }
    return servers;
  }

  private static SessionRules rules(Random random) {
    return new SessionRules(
        random.nextInt(4) > 0,
        100 * TENTH,
        20 * TENTH,
        random.nextInt(3) * TENTH,
        random.nextInt(3) * (10 * TENTH),
        random.nextInt(3) * (50 * TENTH));
  }
}
