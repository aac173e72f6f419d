import { ListValue, NullValue, Struct, Value } from "google-protobuf/google/protobuf/struct_pb";
import type { PropertyMap, PropertyValue } from "./property-value";
import { checkSpecialObject } from "./special-object";

/** The properties of a protobuf Struct; an absent one is empty. Throws an Error for a malformed special object in it. */
export function fromStruct(struct: Struct | undefined): PropertyMap {
  const result: PropertyMap = {};
  struct?.getFieldsMap().forEach((value: Value, key: string) => {
    result[key] = fromValue(value, key);
  });
  return result;
}

/** The property of a protobuf Value. Throws as `fromStruct` does, and names the property. */
export function fromValue(value: Value, name = "value"): PropertyValue {
  switch (value.getKindCase()) {
    case Value.KindCase.BOOL_VALUE:
      return value.getBoolValue();
    case Value.KindCase.NUMBER_VALUE:
      return value.getNumberValue();
    case Value.KindCase.STRING_VALUE:
      return value.getStringValue();
    case Value.KindCase.LIST_VALUE:
      return value
        .getListValue()!
        .getValuesList()
        .map((element) => fromValue(element, name));
    case Value.KindCase.STRUCT_VALUE: {
      const object = fromStruct(value.getStructValue());
      checkSpecialObject(object, name);
      return object;
    }
    default:
      return null;
  }
}

/** The properties as a protobuf Struct; those that are undefined are left out. */
export function toStruct(properties: PropertyMap): Struct {
  const struct = new Struct();
  const fields = struct.getFieldsMap();
  for (const key of Object.keys(properties)) {
    const value = properties[key];
    if (value !== undefined) fields.set(key, toValue(value));
  }
  return struct;
}

/** The property as a protobuf Value. */
export function toValue(value: PropertyValue): Value {
  const result = new Value();
  if (value === null) result.setNullValue(NullValue.NULL_VALUE);
  else if (typeof value === "boolean") result.setBoolValue(value);
  else if (typeof value === "number") result.setNumberValue(value);
  else if (typeof value === "string") result.setStringValue(value);
  else if (Array.isArray(value)) {
    const list = new ListValue();
    list.setValuesList(value.map(toValue));
    result.setListValue(list);
  } else result.setStructValue(toStruct(value));
  return result;
}
