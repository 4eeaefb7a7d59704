package io.apiservervip.agentapi;

import com.fasterxml.jackson.databind.introspect.AnnotatedField;
import com.fasterxml.jackson.databind.introspect.AnnotatedMember;
import com.fasterxml.jackson.databind.introspect.AnnotatedParameter;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Executable;
import org.jspecify.annotations.Nullable;

/** Makes each record component required unless its type is {@code @Nullable}. */
@SuppressWarnings("serial") // mappers are never serialized
final class NullnessIntrospector extends JacksonAnnotationIntrospector {

  @Override
  public @Nullable Boolean hasRequiredMarker(AnnotatedMember member) {
    AnnotatedType type = annotatedType(member);
    if (type == null) {
      return super.hasRequiredMarker(member);
    }
    return !type.isAnnotationPresent(Nullable.class);
  }

  private static @Nullable AnnotatedType annotatedType(AnnotatedMember member) {
    return switch (member) {
      case AnnotatedParameter parameter
          when parameter.getOwner().getMember() instanceof Executable owner ->
          owner.getAnnotatedParameterTypes()[parameter.getIndex()];
      case AnnotatedField field -> field.getAnnotated().getAnnotatedType();
      case AnnotatedMember other -> null;
    };
  }
}
