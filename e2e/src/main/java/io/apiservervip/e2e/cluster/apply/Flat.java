package io.apiservervip.e2e.cluster.apply;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.apiservervip.e2e.cluster.apply.Shape.Atomic;
import io.apiservervip.e2e.cluster.apply.Shape.Granular;
import io.apiservervip.e2e.cluster.apply.Shape.KeyedBy;
import io.apiservervip.e2e.cluster.apply.Shape.ValueSet;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An object as its fields: path to value, in the object's order. Values are scalars, what is
 * replaced whole, and empty containers; an item of a list-map stands for itself as an empty object
 * before its fields. Merging objects is then merging maps.
 */
final class Flat {
  private static final JsonNode ITEM = JsonNodeFactory.instance.objectNode();

  private final Shapes shapes;
  private final Map<FieldPath, JsonNode> fields = new LinkedHashMap<>();

  private Flat(Shapes shapes) {
    this.shapes = shapes;
  }

  static Map<FieldPath, JsonNode> of(ObjectNode object, Shapes shapes) {
    Flat flat = new Flat(shapes);
    object.properties().forEach(e -> flat.add(FieldPath.ROOT.field(e.getKey()), e.getValue()));
    return flat.fields;
  }

  private void add(FieldPath path, JsonNode value) {
    if (value.isEmpty()) {
      fields.put(path, value);
      return;
    }
    switch (shapes.at(path.names(), value.isArray())) {
      case Atomic atomic -> fields.put(path, value);
      case Granular granular ->
          value.properties().forEach(e -> add(path.field(e.getKey()), e.getValue()));
      case ValueSet set ->
          value.forEach(item -> fields.put(path.step("v:" + KeyText.write(item)), item));
      case KeyedBy(var keys) ->
          value.forEach(item -> addItem(path.step("k:" + KeyText.of(item, keys)), item));
    }
  }

  private void addItem(FieldPath path, JsonNode item) {
    fields.put(path, ITEM);
    item.properties().forEach(e -> add(path.field(e.getKey()), e.getValue()));
  }
}
