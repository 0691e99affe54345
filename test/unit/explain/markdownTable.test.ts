import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { markdownTable } from "../../../server/src/explain/markdownTable.js";

describe("a table in Markdown", () => {
  it("lines up as it is written", () => {
    assert.equal(
      markdownTable(
        ["left", "right"],
        ["Benchmark", "now"],
        [
          ["`BenchmarkA`", "1"],
          ["", "12345"],
        ],
      ),
      [
        "| Benchmark    |   now |",
        "| ------------ | ----: |",
        "| `BenchmarkA` |     1 |",
        "|              | 12345 |",
      ].join("\n"),
    );
  });

  it("gives wide characters two columns", () => {
    assert.equal(
      markdownTable(["left", "right"], ["", "变化"], [["应用修复", "−4 %"]]),
      ["|          | 变化 |", "| -------- | ---: |", "| 应用修复 | −4 % |"].join("\n"),
    );
  });
});
