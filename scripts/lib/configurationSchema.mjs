import { toJsonSchema } from "@valibot/to-json-schema";

/** Where the schema lies, from the root. */
export const schemaFile = "docs/escapelens.schema.json";

/** The JSON schema of `.escapelens.json`, from the shape by which the program reads it (server/src/gate/configuration.ts). */
export function configurationJsonSchema(shape) {
  // That a limit has either `max` or `forbid` is checked by a function, which no schema can hold; `oneOf` says the same.
  const schema = toJsonSchema(shape, { errorMode: "ignore" });
  const limit = schema.properties.limits.items;
  limit.oneOf = [{ required: ["max"] }, { required: ["forbid"] }];
  return schema;
}
