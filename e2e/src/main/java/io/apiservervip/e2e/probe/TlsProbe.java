package io.apiservervip.e2e.probe;

import io.apiservervip.e2e.lab.Namespace;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.SslContext;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;

/**
 * A client that opens a TLS connection at a fixed pace, whether the earlier ones have ended or not,
 * and asks each for the server's name: a full handshake, one request, one answer. One thread inside
 * the client's namespace, without real-time scheduling: handshakes are work, and a proxy under test
 * needs the cores as well. The log is read under the object's lock.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a write or close that fails ends in channelInactive
public final class TlsProbe implements AutoCloseable {
  /** Attempts that are remembered: two hours at 100 a second. */
  private static final int MOST = 720_000;

  /** Connections under way at once; beyond it an attempt fails as {@link TlsFailure#LOCAL}. */
  private static final int MOST_OPEN = 5000;

  /** So long every fourth attempt alone is made: cold programs would never catch up. */
  private static final Duration SLOW_START = Duration.ofSeconds(5);

  private final InetSocketAddress target;
  private final Pace pace;
  private final MultiThreadIoEventLoopGroup loop;
  private final Bootstrap bootstrap;
  private final SslContext tls;
  private final Deque<TlsCall> open = new ArrayDeque<>();
  private long ticks;
  private final Deque<TlsAttempt> log = new ArrayDeque<>();

  /** How often, and how long one attempt may take. */
  public record Pace(Duration period, Duration patience) {
    /** 100 a second with the patience of 5 s. */
    public static final Pace USUAL = new Pace(Duration.ofMillis(10), Duration.ofSeconds(5));

    /** 40 a second: two cores that clients, agents and servers share can always follow. */
    public static final Pace GENTLE = new Pace(Duration.ofMillis(25), Duration.ofSeconds(5));
  }

  private TlsProbe(Namespace namespace, InetSocketAddress target, Pace pace) throws SSLException {
    this.target = target;
    this.pace = pace;
    ThreadFactory threads = body -> thread(namespace, body);
    this.loop = new MultiThreadIoEventLoopGroup(1, threads, NioIoHandler.newFactory());
    this.tls = TlsIdentity.client(ApplicationProtocolNames.HTTP_1_1);
    this.bootstrap =
        new Bootstrap()
            .group(loop)
            .channel(NioSocketChannel.class)
            .option(ChannelOption.TCP_NODELAY, true)
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, 0);
  }

  /** Starts probing the address, written as a literal, from the namespace. */
  public static TlsProbe start(Namespace namespace, String address, int port, Pace pace)
      throws SSLException {
    InetSocketAddress target = new InetSocketAddress(InetAddress.ofLiteral(address), port);
    TlsProbe probe = new TlsProbe(namespace, target, pace);
    probe.loop.scheduleAtFixedRate(probe::tick, 0, pace.period().toNanos(), TimeUnit.NANOSECONDS);
    return probe;
  }

  private static Thread thread(Namespace namespace, Runnable body) {
    return Thread.ofPlatform().daemon().name("tls-probe").unstarted(namespace.inside(body));
  }

  /**
   * Waits until everything on the way has warmed up: a second without a failure in which 99 of 100
   * answers took no longer than {@code p99}.
   */
  public void awaitCalm(Duration p99, Duration longest) throws InterruptedException, IOException {
    long deadline = System.nanoTime() + longest.toNanos();
    TlsProbeResult last;
    do {
      long from = System.nanoTime();
      Thread.sleep(1000);
      last = between(from, from + Duration.ofSeconds(1).toNanos());
      if (last.failed().isEmpty()
          && last.interrupted().isEmpty()
          && last.attempts().size() > 900_000_000L / pace.period().toNanos()
          && last.latency(0.99).compareTo(p99) <= 0) {
        return;
      }
    } while (System.nanoTime() < deadline);
    throw new IOException("not calm after " + longest + ": " + last);
  }

  /** What happened between two times; waits until the last attempt of the window has ended. */
  public TlsProbeResult between(long fromNanos, long toNanos) throws InterruptedException {
    long latest = toNanos + pace.patience().plusMillis(500).toNanos();
    while (System.nanoTime() < latest && underWay(toNanos)) {
      Thread.sleep(10);
    }
    synchronized (this) {
      List<TlsAttempt> window = new ArrayList<>();
      for (TlsAttempt attempt : log) {
        if (attempt.startNanos() >= fromNanos && attempt.startNanos() < toNanos) {
          window.add(attempt);
        }
      }
      return new TlsProbeResult(window);
    }
  }

  @Override
  public void close() {
    loop.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly(5, TimeUnit.SECONDS);
  }

  private void tick() {
    ticks++;
    if (ticks > SLOW_START.dividedBy(pace.period()) || ticks % 4 == 0) {
      attempt();
    }
  }

  private void attempt() {
    TlsCall call = new TlsCall(System.nanoTime(), this::add);
    if (!enter(call)) {
      call.end("", Optional.of(TlsFailure.LOCAL));
      return;
    }
    ChannelFuture connecting =
        bootstrap
            .clone()
            .handler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    call.join(channel, tls.newHandler(channel.alloc()));
                  }
                })
            .connect(target);
    connecting.addListener(
        done -> {
          if (done.cause() != null) {
            call.fail(done.cause());
          }
        });
    loop.schedule(
        () -> {
          call.end("", Optional.of(TlsFailure.TIMED_OUT));
          connecting.channel().close();
        },
        pace.patience().toMillis(),
        TimeUnit.MILLISECONDS);
  }

  private synchronized boolean enter(TlsCall call) {
    while (!open.isEmpty() && open.peek().over()) {
      open.remove();
    }
    return open.size() < MOST_OPEN && open.add(call);
  }

  private synchronized void add(TlsAttempt attempt) {
    log.add(attempt);
    if (log.size() > MOST) {
      log.remove();
    }
  }

  private synchronized boolean underWay(long toNanos) {
    return open.stream().anyMatch(call -> !call.over() && call.startNanos() < toNanos);
  }
}
