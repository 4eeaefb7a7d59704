package io.apiservervip.agent.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.apiservervip.agent.kube.ApiJson.ObjectList;
import io.apiservervip.agent.kube.ApiJson.WatchEvent;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class ApiJsonTest {
  private static final String KEY = "config.yaml";

  @Test
  void aListHasAVersionAndItsObjects() throws IOException {
    ObjectList list =
        ApiJson.list(
            """
            {"kind":"ConfigMapList","apiVersion":"v1","metadata":{"resourceVersion":"42"},
             "items":[{"metadata":{"name":"x","resourceVersion":"7",
               "managedFields":[{"fieldsV1":{"f:data":{}}}]},
               "data":{"other":"o","config.yaml":"name: a\\n"}}]}
            """,
            KEY);
    assertThat(list.resourceVersion()).isEqualTo("42");
    assertThat(list.items()).containsExactly(new ApiObject("7", "name: a\n", 0, ""));
  }

  @Test
  void aListMayBeEmpty() throws IOException {
    String text = "{\"metadata\":{\"resourceVersion\":\"42\"},\"items\":null}";
    assertThat(ApiJson.list(text, KEY).items()).isEmpty();
  }

  @Test
  void anEventHasATypeAndAnObject() throws IOException {
    assertThat(
            ApiJson.event(
                """
                {"type":"MODIFIED","object":{"data":{"config.yaml":"b"},"metadata":{"name":"x"}}}
                """,
                KEY))
        .isEqualTo(new WatchEvent("MODIFIED", new ApiObject("", "b", 0, "")));
  }

  @Test
  void anObjectWithoutTheKeyHasNoData() throws IOException {
    assertThat(ApiJson.event("{\"type\":\"ADDED\",\"object\":{\"data\":{\"x\":\"y\"}}}", KEY))
        .isEqualTo(new WatchEvent("ADDED", new ApiObject("", null, 0, "")));
  }

  @Test
  void anErrorEventSaysItsCodeAndMessage() throws IOException {
    assertThat(
            ApiJson.event(
                """
                {"type":"ERROR","object":{"kind":"Status","status":"Failure",
                 "message":"too old resource version","reason":"Expired","code":410}}
                """,
                KEY))
        .isEqualTo(
            new WatchEvent("ERROR", new ApiObject("", null, 410, "too old resource version")));
  }

  @Test
  void theMessageOfARefusalIsFound() {
    assertThat(ApiJson.message("{\"kind\":\"Status\",\"message\":\"no, forbidden\",\"code\":403}"))
        .isEqualTo("no, forbidden");
    assertThat(ApiJson.message("gateway down")).isEqualTo("gateway down");
  }

  @Test
  void whatIsNoObjectIsAnError() {
    assertThatThrownBy(() -> ApiJson.list("[]", KEY))
        .isInstanceOf(IOException.class)
        .hasMessage("the API's answer is not a JSON object");
    assertThatThrownBy(() -> ApiJson.event("{\"type\":\"ADD", KEY)).isInstanceOf(IOException.class);
  }
}
