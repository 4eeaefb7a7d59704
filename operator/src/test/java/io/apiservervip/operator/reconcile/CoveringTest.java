package io.apiservervip.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CoveringTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @ParameterizedTest(name = "{0} covers {1}: {2}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      textBlock =
          """
          {"a":1,"b":2}                   | {"a":1}                     | true
          {"a":1}                         | {"a":1,"b":2}               | false
          {"a":{"x":"1","default":true}}  | {"a":{"x":"1"}}             | true
          {"a":"changed"}                 | {"a":"1"}                   | false
          {"a":1}                         | {"a":1.0}                   | true
          {"l":[{"n":"a","d":1}]}         | {"l":[{"n":"a"}]}           | true
          {"l":[{"n":"a"},{"n":"b"}]}     | {"l":[{"n":"a"}]}           | false
          {"l":["a","b"]}                 | {"l":["b","a"]}             | false
          {}                              | {"l":[],"o":{},"n":null}    | true
          {"limits":{"cpu":"100m"}}       | {"limits":{"cpu":"0.1"}}    | true
          {"limits":{"cpu":"200m"}}       | {"limits":{"cpu":"0.1"}}    | false
          {"data":{"cpu":"100m"}}         | {"data":{"cpu":"0.1"}}      | false
          {"requests":{"memory":"1Gi"}}   | {"requests":{"memory":"1024Mi"}} | true
          """)
  void anObjectCoversWhatIsWantedOfIt(String live, String wanted, boolean covers)
      throws JsonProcessingException {
    assertThat(Covering.covers(tree(live), tree(wanted))).isEqualTo(covers);
  }

  private static JsonNode tree(String json) throws JsonProcessingException {
    return JSON.readTree(json);
  }
}
