package io.apiservervip.agent.observe;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;

class JsonTextTest {
  @Test
  void eachKindOfValueIsWrittenAndTextIsEscaped() {
    ObjectNode tree = JsonNodeFactory.instance.objectNode();
    tree.put("text", "a \"b\"\n").put("flag", true).put("count", 1L << 40);
    tree.putArray("list").add(1).add("two").addObject().put("none", (String) null);
    tree.putArray("empty");
    tree.putObject("nothing");

    assertThat(JsonText.pretty(tree))
        .isEqualTo(
            """
            {
              "text" : "a \\"b\\"\\n",
              "flag" : true,
              "count" : 1099511627776,
              "list" : [ 1, "two", {
                "none" : null
              } ],
              "empty" : [ ],
              "nothing" : { }
            }""");
  }
}
