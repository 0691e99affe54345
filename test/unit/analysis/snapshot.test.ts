/** What an earlier snapshot has of texts that are as they were is taken from there. */
import assert from "node:assert/strict";
import { takeSnapshot } from "../../../server/src/analysis/snapshot.js";
import type { GoPackage } from "../../../server/src/go/packages.js";

const goPackage = { variants: [{ files: ["/m/a.go", "/m/b.go", "/m/c.go"] }] } as unknown as GoPackage;

describe("takeSnapshot", () => {
  it("takes over what has not changed since the one before, and nothing else", async () => {
    const disk = new Map([
      ["/m/a.go", "package a"],
      ["/m/b.go", "package b"],
      ["/m/c.go", "package c"],
    ]);
    const read = (file: string) => Promise.resolve(disk.get(file) ?? "");
    const before = await takeSnapshot(goPackage, new Map(), read);
    // A byte order mark is not part of the text, and shifts the compiler's columns.
    disk.set("/m/b.go", "\uFEFFpackage b");
    const open = new Map([["/m/c.go", { text: "package c // edited", version: 7 }]]);
    const after = await takeSnapshot(goPackage, open, read, before);
    assert.deepEqual(after, await takeSnapshot(goPackage, open, read));
    assert.equal(after.texts.get("/m/a.go"), before.texts.get("/m/a.go"));
    for (const file of ["/m/b.go", "/m/c.go"]) assert.notEqual(after.texts.get(file), before.texts.get(file));
    assert.deepEqual(
      await takeSnapshot(goPackage, new Map(), read, after),
      await takeSnapshot(goPackage, new Map(), read),
    );
  });
});
