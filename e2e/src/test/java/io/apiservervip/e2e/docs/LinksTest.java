package io.apiservervip.e2e.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A link between the pages leads to a file and a heading that are there. */
class LinksTest {
  private final Map<Path, Set<String>> anchors = new HashMap<>();

  @Test
  void everyRelativeLinkAndAnchorResolves() throws IOException {
    List<String> broken = new ArrayList<>();
    int count = 0;
    for (Page page : Page.all()) {
      anchors.put(page.file(), page.anchors());
    }
    for (Page page : Page.all()) {
      for (String link : page.links()) {
        if (!link.matches("[a-z]+:.*")) {
          count++;
          if (!resolves(page, link)) {
            broken.add(page + ": " + link);
          }
        }
      }
    }
    assertThat(broken).isEmpty();
    assertThat(count).as("relative links").isGreaterThan(50);
  }

  @Test
  void anAnchorIsTheHeadingWithoutItsPunctuation() {
    assertThat(Page.slug("kubectl exec, logs -f or watches are cut"))
        .isEqualTo("kubectl-exec-logs--f-or-watches-are-cut");
    assertThat(Page.slug("spec.loadBalancer.listeners[]")).isEqualTo("specloadbalancerlisteners");
    assertThat(Page.slug("The VRID is somebody else's")).isEqualTo("the-vrid-is-somebody-elses");
  }

  private boolean resolves(Page page, String link) {
    int hash = link.indexOf('#');
    String name = hash < 0 ? link : link.substring(0, hash);
    Path target = name.isEmpty() ? page.file() : page.file().resolveSibling(name).normalize();
    if (!Files.exists(target)) {
      return false;
    }
    return hash < 0 || anchors.getOrDefault(target, Set.of()).contains(link.substring(hash + 1));
  }
}
