package io.apiservervip.agent.observe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Debian's Chromium without a screen, driven over its DevTools protocol
 * (https://chromedevtools.github.io/devtools-protocol): what a page asked for, complained of, and
 * how wide it became. One thread uses it.
 */
final class Browser {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long PATIENCE_SECONDS = 60;

  private final Process process;
  private final HttpClient http;
  private final WebSocket socket;
  private final Inbox inbox;
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final List<String> complaints = new CopyOnWriteArrayList<>();
  private int lastId;

  private Browser(Process process, HttpClient http, WebSocket socket, Inbox inbox) {
    this.process = process;
    this.http = http;
    this.socket = socket;
    this.inbox = inbox;
  }

  /** Starts it with an empty profile. */
  static Browser start(Path profile) throws Exception {
    ProcessBuilder program =
        new ProcessBuilder(
                "chromium",
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--disable-background-networking",
                "--no-first-run",
                "--user-data-dir=" + profile,
                "--remote-debugging-port=0",
                "--remote-allow-origins=*",
                "about:blank")
            .redirectErrorStream(true)
            .redirectOutput(profile.resolve("output").toFile());
    program.environment().put("TMPDIR", profile.toString());
    Process process = program.start();
    HttpClient http = HttpClient.newHttpClient();
    Inbox inbox = new Inbox();
    WebSocket socket =
        http.newWebSocketBuilder()
            .buildAsync(page(profile), inbox)
            .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    Browser browser = new Browser(process, http, socket, inbox);
    browser.call("Page.enable", "{}");
    browser.call("Network.enable", "{}");
    browser.call("Runtime.enable", "{}");
    browser.call("Log.enable", "{}");
    return browser;
  }

  /** The size of the window, in CSS pixels, and the colours that the person prefers. */
  void look(int width, int height, boolean dark) throws Exception {
    call(
        "Emulation.setDeviceMetricsOverride",
        "{\"width\":%d,\"height\":%d,\"deviceScaleFactor\":1,\"mobile\":%b}"
            .formatted(width, height, width < 600));
    call(
        "Emulation.setEmulatedMedia",
        "{\"features\":[{\"name\":\"prefers-color-scheme\",\"value\":\"%s\"}]}"
            .formatted(dark ? "dark" : "light"));
  }

  /** Opens a page and waits until all of it is there. */
  void open(String url) throws Exception {
    requests.clear();
    complaints.clear();
    call("Page.navigate", "{\"url\":\"%s\"}".formatted(url));
    awaitLoad();
  }

  /** Waits until a page is there, be it the same one anew. */
  void awaitLoad() throws Exception {
    JsonNode event;
    do {
      event = take();
    } while (!event.path("method").asText().equals("Page.loadEventFired"));
  }

  /** The value of a JavaScript expression in the page, which itself may run none. */
  JsonNode ask(String expression) throws Exception {
    ObjectNode parameters = JSON.createObjectNode();
    parameters.put("expression", expression).put("returnByValue", true);
    return call("Runtime.evaluate", parameters.toString()).path("result").path("value");
  }

  /** A picture of the whole page, however long. */
  void screenshot(Path file) throws Exception {
    JsonNode result =
        call("Page.captureScreenshot", "{\"format\":\"png\",\"captureBeyondViewport\":true}");
    Files.createDirectories(file.toAbsolutePath().getParent());
    Files.write(file, Base64.getDecoder().decode(result.path("data").asText()));
  }

  /** What the page made the browser ask for. */
  List<String> requests() {
    return List.copyOf(requests);
  }

  /** Lines on its console, and what it did against its own policy. */
  List<String> complaints() {
    return List.copyOf(complaints);
  }

  private JsonNode call(String method, String parameters) throws Exception {
    int id = ++lastId;
    String message =
        "{\"id\":%d,\"method\":\"%s\",\"params\":%s}".formatted(id, method, parameters);
    socket.sendText(message, true).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    JsonNode answer;
    do {
      answer = take();
    } while (answer.path("id").asInt() != id);
    if (answer.has("error")) {
      throw new IOException(method + ": " + answer.path("error"));
    }
    return answer.path("result");
  }

  private JsonNode take() throws Exception {
    String text = inbox.messages.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    if (text == null) {
      throw new TimeoutException("chromium says nothing");
    }
    JsonNode message = JSON.readTree(text);
    switch (message.path("method").asText()) {
      case "Network.requestWillBeSent" ->
          requests.add(message.path("params").path("request").path("url").asText());
      case "Log.entryAdded", "Runtime.consoleAPICalled", "Runtime.exceptionThrown" ->
          complaints.add(message.path("params").toString());
      default -> {}
    }
    return message;
  }

  /** The first page's address, once Chromium has written the port into its profile. */
  private static URI page(Path profile) throws Exception {
    Path port = profile.resolve("DevToolsActivePort");
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (System.nanoTime() - end < 0) {
      if (Files.exists(port) && Files.readAllLines(port).size() >= 2) {
        URI list = URI.create("http://127.0.0.1:" + Files.readAllLines(port).getFirst() + "/json");
        try (var body = list.toURL().openStream()) {
          for (JsonNode target : JSON.readTree(body)) {
            if (target.path("type").asText().equals("page")) {
              return URI.create(target.path("webSocketDebuggerUrl").asText());
            }
          }
        }
      }
      TimeUnit.MILLISECONDS.sleep(50);
    }
    throw new TimeoutException(
        "chromium does not start: " + Files.readString(profile.resolve("output")));
  }

  /** Ends it. */
  void quit() throws InterruptedException {
    socket.abort();
    http.shutdownNow();
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly().waitFor();
  }

  private static final class Inbox implements WebSocket.Listener {
    private final LinkedBlockingQueue<String> messages = new LinkedBlockingQueue<>();
    private final StringBuilder part = new StringBuilder();

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
      part.append(data);
      if (last) {
        messages.add(part.toString());
        part.setLength(0);
      }
      from.request(1);
      return null;
    }
  }
}
