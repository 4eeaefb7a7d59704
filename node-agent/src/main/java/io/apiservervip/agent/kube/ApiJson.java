package io.apiservervip.agent.kube;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads lists and watch events of the API, and of an object only what {@link ApiObject} names: the
 * client library's model of a ConfigMap costs 5 MB for three strings. Pure.
 */
final class ApiJson {
  private static final JsonFactory JSON = new JsonFactory();

  /** A list, at most a few objects long, with the version at which a watch goes on. */
  record ObjectList(String resourceVersion, List<ApiObject> items) {
    ObjectList {
      items = List.copyOf(items);
    }
  }

  /**
   * One line of a watch.
   *
   * @param type {@code ADDED}, {@code MODIFIED}, {@code DELETED}, {@code BOOKMARK}, {@code ERROR}
   */
  record WatchEvent(String type, ApiObject object) {}

  private final JsonParser json;
  private final String key;
  private String resourceVersion = "";
  private @Nullable String data;
  private int code;
  private String message = "";

  private ApiJson(JsonParser json, String key) {
    this.json = json;
    this.key = key;
  }

  /**
   * A list.
   *
   * @param key of the data that is wanted
   */
  static ObjectList list(String text, String key) throws IOException {
    try (JsonParser json = JSON.createParser(text)) {
      String version = "";
      List<ApiObject> items = new ArrayList<>();
      open(json);
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        switch (json.currentName()) {
          case "metadata" -> version = object(json, key, true).resourceVersion();
          case "items" -> readItems(json, key, items);
          default -> skip(json);
        }
      }
      return new ObjectList(version, items);
    }
  }

  /** One line of a watch. */
  static WatchEvent event(String line, String key) throws IOException {
    try (JsonParser json = JSON.createParser(line)) {
      String type = "";
      ApiObject object = new ApiObject("", null, 0, "");
      open(json);
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        switch (json.currentName()) {
          case "type" -> type = text(json);
          case "object" -> object = object(json, key, false);
          default -> skip(json);
        }
      }
      return new WatchEvent(type, object);
    }
  }

  /** The sentence in an error that came as an answer; the text itself where it is none. */
  static String message(String body) {
    try (JsonParser json = JSON.createParser(body)) {
      open(json);
      ApiJson reader = new ApiJson(json, "");
      reader.fields(false);
      return reader.message.isEmpty() ? body : reader.message;
    } catch (IOException e) {
      return body;
    }
  }

  private static void readItems(JsonParser json, String key, List<ApiObject> items)
      throws IOException {
    if (json.nextToken() == JsonToken.START_ARRAY) {
      while (json.nextToken() == JsonToken.START_OBJECT) {
        ApiJson reader = new ApiJson(json, key);
        reader.fields(false);
        items.add(reader.read());
      }
    }
  }

  private static ApiObject object(JsonParser json, String key, boolean metadata)
      throws IOException {
    ApiJson reader = new ApiJson(json, key);
    if (json.nextToken() == JsonToken.START_OBJECT) {
      reader.fields(metadata);
    }
    return reader.read();
  }

  private ApiObject read() {
    return new ApiObject(resourceVersion, data, code, message);
  }

  /** The fields of an object, or of the metadata in it. */
  private void fields(boolean metadata) throws IOException {
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      if (metadata && name.equals("resourceVersion")) {
        resourceVersion = text(json);
      } else if (!metadata && name.equals("metadata")) {
        nested(true);
      } else if (!metadata && name.equals("data")) {
        nested(false);
      } else if (!metadata && name.equals("message")) {
        message = text(json);
      } else if (!metadata && name.equals("code")) {
        json.nextToken();
        code = json.getValueAsInt();
        json.skipChildren();
      } else {
        skip(json);
      }
    }
  }

  private void nested(boolean metadata) throws IOException {
    if (json.nextToken() != JsonToken.START_OBJECT) {
      json.skipChildren();
    } else if (metadata) {
      fields(true);
    } else {
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        if (json.currentName().equals(key)) {
          data = text(json);
        } else {
          skip(json);
        }
      }
    }
  }

  private static void open(JsonParser json) throws IOException {
    if (json.nextToken() != JsonToken.START_OBJECT) {
      throw new IOException("the API's answer is not a JSON object");
    }
  }

  private static String text(JsonParser json) throws IOException {
    String text = json.nextTextValue();
    json.skipChildren();
    return text == null ? "" : text;
  }

  private static void skip(JsonParser json) throws IOException {
    json.nextToken();
    json.skipChildren();
  }
}
