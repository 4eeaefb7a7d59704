package io.apiservervip.agent.health;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.PrematureChannelClosureException;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;

/**
 * Reads the answers on one connection and tells what each means. Bodies are thrown away; one that
 * grows beyond 64 KiB ends the connection, not the verdict.
 */
final class AnswerReader extends ChannelInboundHandlerAdapter {
  static final int MAX_BODY = 64 * 1024;

  /** Takes what was read. */
  interface Taker {
    /**
     * An answer came, perhaps without a question.
     *
     * @param reusable whether another question may follow on this connection
     */
    void answered(CheckResult result, boolean reusable);
  }

  private final Taker taker;
  private @Nullable CheckResult result;
  private boolean keepAlive;
  private int body;

  AnswerReader(Taker taker) {
    this.taker = taker;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    try {
      if (message instanceof HttpObject part) {
        take(context, part);
      }
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  private void take(ChannelHandlerContext context, HttpObject part) {
    if (part.decoderResult().cause() instanceof PrematureChannelClosureException) {
      return;
    }
    if (part.decoderResult().isFailure()) {
      Ending.close(context.channel());
      end(result == null ? new CheckResult.Failed("the answer is not HTTP") : result, false);
      return;
    }
    if (part instanceof HttpResponse response) {
      keepAlive = HttpUtil.isKeepAlive(response);
      result = meaning(response);
    }
    if (part instanceof HttpContent content) {
      body += content.content().readableBytes();
    }
    CheckResult found = result;
    if (found != null && body > MAX_BODY) {
      Ending.close(context.channel());
      end(found, false);
    } else if (found != null && part instanceof LastHttpContent) {
      end(found, keepAlive);
    }
  }

  private void end(CheckResult found, boolean reusable) {
    result = null;
    body = 0;
    taker.answered(found, reusable);
  }

  /** What the status says; null for an interim one (RFC 9110 §15.2), which the answer follows. */
  private static @Nullable CheckResult meaning(HttpResponse response) {
    int status = response.status().code();
    if (response.status().codeClass() == HttpStatusClass.INFORMATIONAL) {
      return null;
    }
    boolean good = (status >= 200 && status < 300) || status == 401 || status == 403;
    return good ? new CheckResult.Good() : new CheckResult.NotReady("HTTP " + status);
  }
}
