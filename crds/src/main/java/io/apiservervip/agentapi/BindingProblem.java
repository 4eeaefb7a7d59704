package io.apiservervip.agentapi;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import org.jspecify.annotations.Nullable;

/** What a failure to bind a tree to records means, as one problem with a path. */
final class BindingProblem {
  private BindingProblem() {}

  static Problem of(Exception e) {
    return switch (e) {
      case UnrecognizedPropertyException unknown ->
          Problem.of(path(unknown), "is not a known field");
      case JsonMappingException mapping -> Problem.of(path(mapping), message(mapping));
      case JsonProcessingException other ->
          Problem.of("", Shown.text(first(other.getOriginalMessage())));
      case Exception other -> Problem.of("", Shown.text(first(other.getMessage())));
    };
  }

  private static String message(JsonMappingException e) {
    if (e.getCause() instanceof IllegalArgumentException refusal) {
      return first(refusal.getMessage());
    }
    return switch (e) {
      case InvalidFormatException format ->
          Shown.text(String.valueOf(format.getValue())) + " is not one of the values of this field";
      case MismatchedInputException mismatch
          when first(mismatch.getOriginalMessage()).startsWith("Missing required") ->
          "is required";
      case JsonMappingException other -> "has the wrong type";
    };
  }

  private static String first(@Nullable String text) {
    return text == null ? "is not readable" : text.lines().findFirst().orElse("is not readable");
  }

  private static String path(JsonMappingException e) {
    StringBuilder path = new StringBuilder();
    for (JsonMappingException.Reference step : e.getPath()) {
      if (step.getFieldName() == null) {
        path.append('[').append(step.getIndex()).append(']');
      } else {
        path.append(path.isEmpty() ? "" : ".").append(Shown.text(step.getFieldName()));
      }
    }
    return path.toString();
  }
}
