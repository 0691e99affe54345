import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { Ajv } from "ajv";
import { testData } from "./paths.js";

/** The official schema, of draft 4 by its name; all that it uses means the same in draft 7. */
export function sarifValidator() {
  const file = path.join(testData, "cases/sarif/sarif-schema-2.1.0.json");
  const { $schema, id, ...schema } = JSON.parse(readFileSync(file, "utf8")) as Record<string, unknown>;
  assert.match(`${String($schema)} ${String(id)}`, /draft-04.* .*sarif-schema-2\.1\.0\.json$/);
  return new Ajv({ strict: false, validateFormats: false, allErrors: true }).compile(schema);
}
