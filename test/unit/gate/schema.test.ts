import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { Ajv } from "ajv";
import { describe, it } from "mocha";
import { configurationJsonSchema, schemaFile } from "../../../scripts/lib/configurationSchema.mjs";
import { configurationSchema, parseConfiguration } from "../../../server/src/gate/configuration.js";
import { root } from "../../harness/paths.js";

const schema = JSON.parse(readFileSync(path.join(root, schemaFile), "utf8")) as Record<string, unknown>;

describe("the JSON schema of the configuration", () => {
  it("is that of the program: node scripts/schema.mjs writes it", () => {
    assert.deepEqual(schema, JSON.parse(JSON.stringify(configurationJsonSchema(configurationSchema))));
  });

  const { $schema, ...rest } = schema;
  assert.match(String($schema), /draft-07/);
  const validate = new Ajv({ strict: false }).compile(rest);
  const texts = [
    "{}",
    '{"level":"hint","tags":"a","limits":[{"max":0},{"forbid":true,"path":["a"]}]}',
    '{"level":"loud"}',
    '{"levle":"hint"}',
    '{"limits":[{}]}',
    '{"limits":[{"max":1,"forbid":true}]}',
    '{"limits":[{"max":1.5}]}',
    '{"severity":{"loop":"off","boxed-argument":"error"}}',
    '{"severity":{"loops":"off"}}',
    '{"go":["1.24"]}',
  ];
  for (const text of texts) {
    it(`says of ${text} what the program says`, () => {
      let isRead = true;
      try {
        parseConfiguration(text);
      } catch {
        isRead = false;
      }
      assert.equal(validate(JSON.parse(text)), isRead);
    });
  }
});
