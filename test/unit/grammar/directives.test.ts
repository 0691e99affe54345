import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { type Token, tokensOf } from "./tokenize.js";

/** What a line of Go has beyond an ordinary comment. */
const found = async (line: string): Promise<Token[]> => {
  const tokens = await tokensOf(line, "source.go");
  return tokens.filter(([, scope]) => !/^(?:comment|string|punctuation\.definition\.comment)/.test(scope));
};

const directive = (word: string): Token => [word, "keyword.other.directive"];
const colon: Token = [":", "punctuation.separator.directive"];
const assertion = (word: string): Token => [word, "keyword.control.assertion"];

const lines: Readonly<Record<string, readonly Token[]>> = {
  "//escape:none": [directive("escape"), colon, assertion("none")],
  "func F() { //escape:max=2": [
    directive("escape"),
    colon,
    assertion("max"),
    ["=", "keyword.operator.assignment"],
    ["2", "constant.numeric"],
  ],
  "x := 1 //escape:allow runs once": [directive("escape"), colon, assertion("allow")],
  "//escape:allow boxed-formatting,boxed-argument: runs once": [
    directive("escape"),
    colon,
    assertion("allow"),
    ["boxed-formatting,boxed-argument", "support.constant.reason"],
    [":", "punctuation.separator.reason"],
  ],
  "//gcassert:noescape,bce": [directive("gcassert"), colon, assertion("noescape,bce")],
  "// +checkescape": [directive("+checkescape")],
  "// +mustescape:local,heap": [directive("+mustescape"), colon, ["local,heap", "support.constant.class"]],
  "// escapes: it is kept": [directive("escapes"), colon],
};

describe("the grammar of directives in Go", () => {
  for (const [line, tokens] of Object.entries(lines)) {
    it(line, async () => {
      assert.deepEqual(await found(line), tokens);
    });
  }

  for (const line of [
    "//escape:nonesuch",
    "// escape:none",
    "//escape:max",
    "// it escapes the loop",
    "//gcassert:noescaping",
    's := "//escape:none"',
    "// see //escape:none for more",
  ]) {
    it(`leaves ${line} alone`, async () => {
      assert.deepEqual(await found(line), []);
    });
  }
});
