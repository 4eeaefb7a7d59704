package io.apiservervip.e2e.docs;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.InstallCommand;
import com.marcnuri.helm.UpgradeCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A line for helm, carried out by Helm as a library: as many subcommands and options as the
 * documents use. Whatever else stands in the line is a fault.
 */
final class HelmCommand {
  private final Path folder;
  private final Path kubeconfig;
  private final List<String> words = new ArrayList<>();
  private final Map<String, String> set = new HashMap<>();
  private final Map<String, String> options = new HashMap<>();
  private boolean reuse;

  HelmCommand(String line, Path folder, Path kubeconfig) {
    this.folder = folder;
    this.kubeconfig = kubeconfig;
    Deque<String> left = new ArrayDeque<>(List.of(line.split(" +", -1)));
    left.removeFirst();
    while (!left.isEmpty()) {
      read(left.removeFirst(), left);
    }
  }

  private void read(String word, Deque<String> left) {
    switch (word) {
      case "--namespace", "--values", "-o", ">" -> options.put(word, left.removeFirst());
      case "--set" -> {
        String[] sides = left.removeFirst().split("=", 2);
        set.put(sides[0], sides[1]);
      }
      case "--reuse-values" -> reuse = true;
      default -> {
        if (word.startsWith("-")) {
          throw new IllegalArgumentException("not known to the test: helm's " + word);
        }
        words.add(word);
      }
    }
  }

  /** What Helm says; it throws where helm would fail. */
  String call() throws IOException {
    String said =
        switch (String.join(" ", words.subList(0, words.getFirst().equals("get") ? 2 : 1))) {
          case "install" -> install();
          case "upgrade" -> upgrade();
          case "get values" -> values();
          case "uninstall" -> uninstall();
          default -> throw new IllegalArgumentException("not known to the test: helm " + words);
        };
    if (options.containsKey(">")) {
      Files.writeString(folder.resolve(option(">")), said);
    }
    return said;
  }

  private String install() {
    InstallCommand command = chart().install().withName(words.get(1));
    set.forEach(command::set);
    return command
        .withNamespace(option("--namespace"))
        .withKubeConfig(kubeconfig)
        .call()
        .getOutput();
  }

  private String upgrade() {
    UpgradeCommand command = chart().upgrade().withName(words.get(1));
    set.forEach(command::set);
    if (reuse) {
      command.reuseValues();
    }
    if (options.containsKey("--values")) {
      command.withValuesFile(folder.resolve(option("--values")));
    }
    return command
        .withNamespace(option("--namespace"))
        .withKubeConfig(kubeconfig)
        .call()
        .getOutput();
  }

  private String values() {
    return Helm.get(words.get(2))
        .values()
        .withNamespace(option("--namespace"))
        .withKubeConfig(kubeconfig)
        .call();
  }

  private String uninstall() {
    return Helm.uninstall(words.get(1))
        .withNamespace(option("--namespace"))
        .withKubeConfig(kubeconfig)
        .call();
  }

  private Helm chart() {
    return new Helm(folder.resolve(words.get(2)));
  }

  private String option(String name) {
    return options.getOrDefault(name, "");
  }
}
