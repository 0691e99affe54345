import assert from "node:assert/strict";
import { problemSentence } from "../../../server/src/explain/problem.js";

describe("words about a missing module", () => {
  const cases: Readonly<Record<string, string>> = {
    "no required module provides package example.com/a/v2; to add it:": "go get example.com/a/v2",
    "cannot find module providing package example.com/a: module lookup disabled by GOPROXY=off":
      "go get example.com/a",
    "example.com/a@v1.0.0: module lookup disabled by GOPROXY=off": "go mod download",
    "missing go.sum entry for module providing package example.com/a (imported by m)": "go mod download",
  };
  for (const [message, command] of Object.entries(cases)) {
    it(`advises ${command} where go says: ${message}`, () => {
      const sentence = problemSentence({ code: "missing-module", message: `${message}\n\tsecond line` });
      assert.equal(/`(.*?)`/.exec(sentence)?.[1], command);
    });
  }
});
