package io.apiservervip.agent.proxy;

import io.apiservervip.api.v1alpha1.BindScope;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The listening sockets of one listener. Owned by the control thread. */
final class Doors {
  private static final Logger LOG = LoggerFactory.getLogger(Doors.class);
  private static final String NO_ADDRESS =
      "spec.loadBalancer.listeners.bind: Virtual needs spec.addresses; set it to All";
  private static final long STOP_MILLIS = 1_000;

  private final Frontend frontend;
  private final Transport transport;
  private final PortHolders holders;
  private final List<ListeningSocket> open = new ArrayList<>();
  private volatile List<InetSocketAddress> bound = List.of();
  private volatile @Nullable String problem = "not bound yet";
  private volatile boolean tried;

  Doors(Frontend frontend, Transport transport, PortHolders holders) {
    this.frontend = frontend;
    this.transport = transport;
    this.holders = holders;
  }

  /** Any thread. */
  List<InetSocketAddress> bound() {
    return bound;
  }

  /** What keeps it from listening, one line; null where nothing does. Any thread. */
  @Nullable String problem() {
    return problem;
  }

  /** Binding was tried and failed. Any thread. */
  boolean failed() {
    return tried && problem != null;
  }

  /** Binds what is not bound yet; call again until nothing is missing. */
  void open() {
    if (problem == null) {
      return;
    }
    FrontendSettings settings = frontend.settings();
    String trouble = addresses(settings).isEmpty() ? NO_ADDRESS : null;
    for (InetSocketAddress address : addresses(settings)) {
      if (bound.stream().noneMatch(address::equals)) {
        trouble = open(address, settings, trouble);
      }
    }
    if (trouble != null && !trouble.equals(problem)) {
      LOG.atError().addKeyValue("listener", frontend.name()).log("{}", trouble);
    }
    problem = trouble;
    tried = true;
  }

  private @Nullable String open(
      InetSocketAddress address, FrontendSettings settings, @Nullable String trouble) {
    boolean virtual = settings.listener().bind() == BindScope.VIRTUAL;
    try {
      ListeningSocket socket = transport.listen(address, virtual, settings.tcp());
      open.add(socket);
      List<InetSocketAddress> now = new ArrayList<>(bound);
      now.add(socket.address());
      bound = List.copyOf(now);
      frontend.eachPart(part -> part.accept(socket));
      LOG.atInfo()
          .addKeyValue("listener", frontend.name())
          .addKeyValue("address", socket.address())
          .log("listens");
      return trouble;
    } catch (IOException e) {
      int errno = Errno.of(e);
      if (errno == Errno.EAFNOSUPPORT && address.getAddress().isAnyLocalAddress()) {
        InetSocketAddress v4 = anyV4(address.getPort());
        return v4.equals(address) ? text(address, errno, e) : open(v4, settings, trouble);
      }
      return text(address, errno, e);
    }
  }

  private String text(InetSocketAddress address, int errno, IOException failure) {
    String where =
        "spec.loadBalancer.listeners["
            + frontend.name()
            + "].bindPort: "
            + address.getPort()
            + " cannot be bound: ";
    if (errno != Errno.EADDRINUSE) {
      return where + failure.getMessage() + "; trying again every second";
    }
    String holder = holders.holder(address.getPort());
    return where
        + (holder == null ? "another process holds it" : holder + " holds it")
        + "; set a bindPort that is free on every node (clients keep port "
        + frontend.settings().listener().port()
        + ")";
  }

  private static List<InetSocketAddress> addresses(FrontendSettings settings) {
    int port = settings.listener().bindPort();
    return switch (settings.listener().bind()) {
      case ALL -> List.of(new InetSocketAddress("::", port));
      case VIRTUAL ->
          settings.virtual().stream().map(address -> new InetSocketAddress(address, port)).toList();
    };
  }

  private static InetSocketAddress anyV4(int port) {
    try {
      return new InetSocketAddress(InetAddress.getByAddress(new byte[4]), port);
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }

  /** Closes every socket; connections that live stay. */
  void close() {
    CountDownLatch stopped = new CountDownLatch(frontend.parts().size());
    frontend.eachPart(
        part -> {
          part.stopAccepting();
          stopped.countDown();
        });
    try {
      boolean all = stopped.await(STOP_MILLIS, TimeUnit.MILLISECONDS);
      LOG.atDebug().addKeyValue("listener", frontend.name()).log("stopped accepting: {}", all);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    open.forEach(ListeningSocket::close);
    open.clear();
    bound = List.of();
    problem = "closed";
  }
}
