import assert from "node:assert/strict";
import { constantKey } from "../../../server/src/fixes/constantKey.js";
import type { FormatPiece } from "../../../server/src/fixes/formatVerbs.js";

const pieces = (format: string): FormatPiece[] =>
  [...format.matchAll(/%(\w)|[^%]+/g)].map(([text, verb]) =>
    verb === undefined
      ? { kind: "text", literal: `"${text}"` }
      : { kind: "verb", verb, precision: undefined },
  );

function check(literal: string, format: string, kinds: readonly string[], expected: string[] | undefined) {
  assert.deepEqual(constantKey(literal, pieces(format), kinds), expected);
}

describe("constantKey", () => {
  it("takes numbers, strings and truth values", () => {
    check('"u:-7:x.y:true"', "u:%d:%s:%v", ["int", "string", "bool"], ["-7", '"x.y"', "true"]);
  });

  it("takes empty strings", () => {
    check('"0/"', "%d/%s", ["uint8", "string"], ["0", '""']);
  });

  it("reads text as text", () => {
    check('"a+7"', "a+%d", ["int"], ["7"]);
    check('"aa7"', "a+%d", ["int"], undefined);
  });

  it("leaves what fits in two ways", () => {
    check('"a:b:c"', "%s:%s", ["string", "string"], undefined);
    check('"a:b"', "%s:%s", ["string", "string"], ['"a"', '"b"']);
  });

  it("leaves what no number is written like", () => {
    check('"007"', "%d", ["int"], undefined);
    check('"+7"', "%d", ["int"], undefined);
    check('"-0"', "%d", ["int"], undefined);
  });

  it("leaves what is escaped, raw or no string", () => {
    check('"a\\tb"', "%s", ["string"], undefined);
    check("`a`", "%s", ["string"], undefined);
    check("name", "%s", ["string"], undefined);
  });

  it("leaves verbs that write otherwise", () => {
    check('"ff"', "%x", ["int"], undefined);
  });
});
