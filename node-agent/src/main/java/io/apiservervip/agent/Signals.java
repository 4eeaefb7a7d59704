package io.apiservervip.agent;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;

/**
 * POSIX signals of a daemon: SIGTERM and SIGINT end it in order and with exit code 0, SIGHUP reads
 * the configuration anew. {@code sun.misc.Signal} is the JDK's only door to them, kept for this
 * purpose (JEP 260); it is reached by name because javac warns of it in a way that cannot be
 * suppressed.
 */
public final class Signals {
  private Signals() {}

  /** Routes the signals; the handlers run on threads of the JVM and return at once. */
  public static void route(Runnable stop, Runnable reload) throws ReflectiveOperationException {
    Class<?> signal = Class.forName("sun.misc.Signal");
    Class<?> handler = Class.forName("sun.misc.SignalHandler");
    handle(signal, handler, "TERM", stop);
    handle(signal, handler, "INT", stop);
    handle(signal, handler, "HUP", reload);
  }

  private static void handle(Class<?> signal, Class<?> handler, String name, Runnable action)
      throws ReflectiveOperationException {
    Object onSignal =
        Proxy.newProxyInstance(
            handler.getClassLoader(),
            new Class<?>[] {handler},
            (proxy, method, _) -> answer(proxy, method, action));
    Object target = signal.getConstructor(String.class).newInstance(name);
    signal.getMethod("handle", signal, handler).invoke(null, target, onSignal);
  }

  /** The one method of a handler, and those that each object has; no two handlers are equal. */
  private static @Nullable Object answer(Object proxy, Method method, Runnable action) {
    return switch (method.getName()) {
      case "handle" -> {
        action.run();
        yield null;
      }
      case "equals" -> false;
      case "hashCode" -> System.identityHashCode(proxy);
      default -> "handler of a signal";
    };
  }
}
