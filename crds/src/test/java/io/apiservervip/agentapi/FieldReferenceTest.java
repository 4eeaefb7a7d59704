package io.apiservervip.agentapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** docs/reference.md says what the definition says; {@code -Dgoldens=write} makes it so. */
class FieldReferenceTest {
  private static final Path FILE = Path.of("../docs/reference.md");
  private static final String BEGIN = "<!-- from here on made from the definition -->\n\n";

  @Test
  void theReferenceIsThatOfTheDefinition() throws IOException {
    JsonNode crd = new YAMLMapper().readTree(VipSchema.crdYaml());
    String fields = FieldReference.of(crd.at("/spec/versions/0"));
    String file = Files.readString(FILE);
    int begin = file.indexOf(BEGIN);
    assertThat(begin).as("the line %s", BEGIN.strip()).isPositive();
    String wanted = file.substring(0, begin) + BEGIN + fields.stripTrailing() + "\n";
    if ("write".equals(System.getProperty("goldens"))) {
      Files.writeString(FILE, wanted);
    }
    assertThat(Files.readString(FILE))
        .as("%s, written by: mvn test -pl crds -Dgoldens=write", FILE)
        .isEqualTo(wanted);
  }
}
