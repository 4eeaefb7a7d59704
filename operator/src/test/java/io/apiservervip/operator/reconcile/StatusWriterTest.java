package io.apiservervip.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StatusWriterTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String LIVE =
      """
      {"observedGeneration":3,"activeNode":"cp-1","conditions":[{"type":"Ready","status":"True"}],
       "nodes":[{"name":"cp-1","role":"Active","heartbeatTime":"t"},
                {"name":"cp-2","role":"Unknown","message":"silent"}]}
      """;

  @Test
  void whatAgentsWroteIsNoDifference() throws JsonProcessingException {
    assertThat(
            stands(
                """
                {"observedGeneration":3,"activeNode":"cp-1",
                 "conditions":[{"type":"Ready","status":"True"}]}
                """))
        .isTrue();
  }

  @Test
  void aWordOnASilentNodeStandsWhereItIsThere() throws JsonProcessingException {
    assertThat(
            stands(
                """
                {"observedGeneration":3,"activeNode":"cp-1",
                 "conditions":[{"type":"Ready","status":"True"}],
                 "nodes":[{"name":"cp-2","role":"Unknown","message":"silent"}]}
                """))
        .isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        """
        {"observedGeneration":4,"activeNode":"cp-1",
         "conditions":[{"type":"Ready","status":"True"}]}
        """,
        """
        {"observedGeneration":3,"conditions":[{"type":"Ready","status":"True"}]}
        """,
        """
        {"observedGeneration":3,"activeNode":"cp-1","readyAgents":3,
         "conditions":[{"type":"Ready","status":"True"}]}
        """,
        """
        {"observedGeneration":3,"activeNode":"cp-1",
         "conditions":[{"type":"Ready","status":"True"}],
         "nodes":[{"name":"cp-1","role":"Unknown"}]}
        """,
        """
        {"observedGeneration":3,"activeNode":"cp-1",
         "conditions":[{"type":"Ready","status":"True"}],
         "nodes":[{"name":"cp-3","role":"Unknown"}]}
        """
      })
  void aFieldOfOursThatChangesComesOrGoesIsADifference(String wanted)
      throws JsonProcessingException {
    assertThat(stands(wanted)).isFalse();
  }

  @Test
  void withoutAStatusAnythingIsADifference() throws JsonProcessingException {
    assertThat(StatusWriter.stands(null, tree("{\"observedGeneration\":1}"))).isFalse();
  }

  private static boolean stands(String wanted) throws JsonProcessingException {
    return StatusWriter.stands(tree(LIVE), tree(wanted));
  }

  private static ObjectNode tree(String json) throws JsonProcessingException {
    return (ObjectNode) JSON.readTree(json);
  }
}
