import assert from "node:assert/strict";
import path from "node:path";
import { embedConfig } from "../../../server/src/go/embedConfig.js";

function patterns(words: readonly string[], files: readonly string[]): unknown {
  return (JSON.parse(embedConfig("/p", words, files)) as { Patterns: unknown }).Patterns;
}

describe("the embed configuration", () => {
  const files = ["a.txt", "b.txt", "a+b.txt", "dir/c.txt", "dir/.hidden", "dir/sub/_d.txt", "[x].md"];

  it("says which files a pattern means", () => {
    assert.deepEqual(patterns(["a.txt", "*.txt", "?.txt", "[^b].txt", "dir/*"], files), {
      "a.txt": ["a.txt"],
      "*.txt": ["a.txt", "b.txt", "a+b.txt"],
      "?.txt": ["a.txt", "b.txt"],
      "[^b].txt": ["a.txt"],
      "dir/*": ["dir/c.txt", "dir/.hidden"],
    });
  });

  it("takes folders whole, hidden files only where they are asked for", () => {
    assert.deepEqual(patterns(["dir", "all:dir"], files), {
      dir: ["dir/c.txt"],
      "all:dir": ["dir/c.txt", "dir/.hidden", "dir/sub/_d.txt"],
    });
  });

  it("takes quoted characters for themselves", () => {
    assert.deepEqual(patterns(["\\[x\\].md", "a+b.txt"], files), {
      "\\[x\\].md": ["[x].md"],
      "a+b.txt": ["a+b.txt"],
    });
  });

  it("says where the files are", () => {
    const config = JSON.parse(embedConfig(path.resolve("/p"), [], ["dir/c.txt"])) as { Files: unknown };
    assert.deepEqual(config.Files, { "dir/c.txt": path.resolve("/p/dir/c.txt") });
  });
});
