/** The same sources give the same bytes: packed once more, in another folder, the products do not differ. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { cp, mkdir, mkdtemp, readFile, rm, symlink } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { root } from "../harness/paths.js";
import { packed } from "../harness/products.js";

/** What is no source, or not read by the build. */
const left = new Set([".git", "node_modules", "out", "cases", "pictures"]);

describe("packing", () => {
  it("gives the same bytes in another folder, time zone and at another time", async () => {
    const folder = await mkdtemp(path.join(os.tmpdir(), "escape-lens-packing-"));
    try {
      const copy = path.join(folder, "elsewhere");
      const filter = (file: string) => file === root || !left.has(path.basename(file));
      await cp(root, copy, { recursive: true, filter });
      await symlink(path.join(root, "node_modules"), path.join(copy, "node_modules"), "junction");
      const products = path.join(folder, "products");
      await mkdir(products);
      execFileSync(process.execPath, [path.join(copy, "scripts", "package.mjs"), products], {
        cwd: folder,
        stdio: "pipe",
        env: { ...process.env, TZ: "Asia/Kathmandu" },
      });
      for (const product of ["vsix", "tarball"] as const) {
        const first = packed(product);
        assert.equal(await digest(path.join(products, path.basename(first))), await digest(first), product);
      }
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});

async function digest(file: string): Promise<string> {
  return createHash("sha256")
    .update(await readFile(file))
    .digest("hex");
}
