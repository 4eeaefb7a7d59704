package io.apiservervip.e2e.cluster;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.apiservervip.e2e.cluster.apply.ApplyOutcome;
import io.apiservervip.e2e.cluster.apply.OwnedUpdate;
import io.apiservervip.e2e.cluster.apply.Scope;
import io.apiservervip.e2e.cluster.apply.ServerSideApply;
import io.apiservervip.e2e.cluster.apply.Writer;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.mockwebserver.dsl.HttpMethod;
import io.fabric8.mockwebserver.http.Dispatcher;
import io.fabric8.mockwebserver.http.MockResponse;
import io.fabric8.mockwebserver.http.RecordedRequest;
import io.fabric8.mockwebserver.http.WebSocketListener;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * Writes as a real API server takes them, before the objects and watches of fabric8's mock server:
 * server-side apply with owners and conflicts, the status subresource apart, no write where nothing
 * changes. One request at a time.
 */
final class ApplyPatchDispatcher extends Dispatcher {
  private static final String APPLY = "application/apply-patch+yaml";

  private final KubernetesCrudDispatcher objects;
  private final MockStore store;
  private final ObjectWrites writes;
  private final InstantSource clock;

  ApplyPatchDispatcher(InstantSource clock) {
    this.objects = new KubernetesCrudDispatcher();
    this.store = new MockStore(objects);
    this.writes = new ObjectWrites(store, clock);
    this.clock = clock;
  }

  @Override
  public synchronized MockResponse dispatch(RecordedRequest request) {
    if (!request.getPath().startsWith("/api")) {
      return ServerFacts.answer(request.getPath());
    }
    ApiPath path = ApiPath.parse(request.getPath());
    try {
      return switch (request.method()) {
        case POST -> json(201, create(path, request));
        case PUT -> json(200, put(path, request));
        case PATCH -> patch(path, request);
        default -> read(path, request);
      };
    } catch (ApiRefusal refusal) {
      return json(refusal.code(), refusal.status());
    }
  }

  /** Begins a watch that {@link #dispatch} answered with: what there is, then what happens. */
  synchronized void open(WebSocketListener watch, WatchStream stream) {
    watch.onOpen(stream, new MockResponse());
  }

  private MockResponse read(ApiPath path, RecordedRequest request) throws ApiRefusal {
    if (path.plural().isEmpty()) {
      return json(
          200,
          Discovery.with(store.definitions())
              .answer(request.getPath().split("\\?", 2)[0])
              .orElseThrow(ApplyPatchDispatcher::unknown));
    }
    kind(path);
    if (!path.name().isEmpty() && store.find(path).isEmpty()) {
      throw ApiRefusal.notFound(path);
    }
    if (request.method() == HttpMethod.DELETE) {
      forgetInstances(path);
    }
    MockResponse response = objects.dispatch(request);
    if (response.getWebSocketListener() != null) {
      return response;
    }
    Optional<ObjectNode> definition = asTable(request) ? store.definition(path) : Optional.empty();
    return definition.isPresent()
        ? json(200, table(definition.get(), Json.read(response.getBody().readUtf8())))
        : response.setHeader("Content-Type", "application/json");
  }

  /** With a definition go the objects that it made possible. */
  private void forgetInstances(ApiPath path) {
    if (path.plural().equals("customresourcedefinitions")) {
      String[] name = path.name().split("\\.", 2);
      store
          .find(path)
          .map(crd -> crd.at("/spec/versions/0/name").asText())
          .ifPresent(
              version -> objects.handleDelete("/apis/" + name[1] + "/" + version + "/" + name[0]));
    }
  }

  private static boolean asTable(RecordedRequest request) {
    return Optional.ofNullable(request.getHeader("Accept")).orElse("").contains("as=Table");
  }

  private static ObjectNode table(ObjectNode definition, ObjectNode answer) {
    return PrinterTable.of(definition)
        .table(answer.has("items") ? answer.path("items") : List.of(answer));
  }

  private ObjectNode create(ApiPath path, RecordedRequest request) throws ApiRefusal {
    ObjectNode body = Json.read(request.getUtf8Body());
    ObjectNode metadata = body.withObjectProperty("metadata");
    if (!metadata.has("name")) {
      metadata.put("name", metadata.path("generateName").asText() + store.nextVersion());
    }
    ApiPath target = path.named(metadata.path("name").asText());
    ApiKind kind = kind(target);
    if (store.find(target).isPresent()) {
      throw ApiRefusal.exists(target);
    }
    return writes.create(
        target,
        kind,
        new OwnedUpdate(kind.shapes(), scope(kind, target))
            .update(blank(target, body), body, updater(target, request, body)));
  }

  private ObjectNode put(ApiPath path, RecordedRequest request) throws ApiRefusal {
    ObjectNode live = live(path);
    ObjectNode body = Json.read(request.getUtf8Body());
    ObjectWrites.checkVersion(path, live, body);
    return update(path, live, body, request);
  }

  private ObjectNode update(
      ApiPath path, ObjectNode live, ObjectNode asked, RecordedRequest request) throws ApiRefusal {
    ApiKind kind = kind(path);
    ObjectNode updated =
        new OwnedUpdate(kind.shapes(), scope(kind, path))
            .update(live, asked, updater(path, request, live));
    return writes.replace(path, kind, live, updated);
  }

  private MockResponse patch(ApiPath path, RecordedRequest request) throws ApiRefusal {
    String contentType = request.getHeader("Content-Type").split(";", 2)[0];
    if (contentType.equals(APPLY)) {
      return apply(path, Json.read(request.getUtf8Body()));
    }
    ObjectNode live = live(path);
    ObjectNode patched = ObjectPatch.apply(contentType, live, Json.tree(request.getUtf8Body()));
    ObjectWrites.checkVersion(path, live, patched);
    return json(200, update(path, live, patched, request));
  }

  private MockResponse apply(ApiPath path, ObjectNode document) throws ApiRefusal {
    if (path.query("fieldManager").isEmpty()) {
      throw new ApiRefusal(
          422,
          "Invalid",
          "PatchOptions.meta.k8s.io \"\" is invalid: fieldManager: Required value: is required for"
              + " apply patch");
    }
    if (!document.at("/metadata/managedFields").isMissingNode()) {
      throw new ApiRefusal(400, "BadRequest", "metadata.managedFields must be nil");
    }
    ApiKind kind = kind(path);
    Optional<ObjectNode> before = store.find(path);
    if (before.isEmpty() && !path.subresource().isEmpty()) {
      throw ApiRefusal.notFound(path);
    }
    ObjectNode live = before.orElseGet(() -> blank(path, document));
    ObjectWrites.checkVersion(path, live, document);
    return switch (outcome(path, kind, live, document)) {
      case ApplyOutcome.Conflict(var causes) -> throw ApiRefusal.conflict(causes);
      case ApplyOutcome.Merged(var object) ->
          before.isEmpty()
              ? json(201, writes.create(path, kind, object))
              : json(200, writes.replace(path, kind, live, object));
    };
  }

  private ApplyOutcome outcome(ApiPath path, ApiKind kind, ObjectNode live, ObjectNode document) {
    Writer writer = writer(path, path.query("fieldManager"), Writer.Operation.APPLY, document);
    return new ServerSideApply(kind.shapes(), scope(kind, path))
        .apply(live, document, writer, path.query("force").equals("true"));
  }

  private Writer updater(ApiPath path, RecordedRequest request, ObjectNode object) {
    String named = path.query("fieldManager");
    Optional<String> agent = Optional.ofNullable(request.getHeader("User-Agent"));
    return writer(
        path,
        named.isEmpty() ? agent.orElse("unknown").split("/", 2)[0] : named,
        Writer.Operation.UPDATE,
        object);
  }

  private Writer writer(
      ApiPath path, String manager, Writer.Operation operation, ObjectNode object) {
    return new Writer(
        manager,
        operation,
        object.path("apiVersion").asText(),
        path.subresource(),
        clock.instant().truncatedTo(ChronoUnit.SECONDS));
  }

  private ObjectNode live(ApiPath path) throws ApiRefusal {
    kind(path);
    return store.find(path).orElseThrow(() -> ApiRefusal.notFound(path));
  }

  private ApiKind kind(ApiPath path) throws ApiRefusal {
    return store.kind(path).orElseThrow(ApplyPatchDispatcher::unknown);
  }

  private static ApiRefusal unknown() {
    return new ApiRefusal(404, "NotFound", "the server could not find the requested resource");
  }

  private static Scope scope(ApiKind kind, ApiPath path) {
    return Scope.of(kind.status(), path.subresource());
  }

  private static ObjectNode blank(ApiPath path, ObjectNode document) {
    ObjectNode blank = JsonNodeFactory.instance.objectNode();
    blank.set("apiVersion", document.path("apiVersion"));
    blank.set("kind", document.path("kind"));
    ObjectNode metadata = blank.putObject("metadata").put("name", path.name());
    if (!path.namespace().isEmpty()) {
      metadata.put("namespace", path.namespace());
    }
    return blank;
  }

  private static MockResponse json(int code, ObjectNode body) {
    return new MockResponse()
        .setResponseCode(code)
        .setHeader("Content-Type", "application/json")
        .setBody(body.toString());
  }
}
