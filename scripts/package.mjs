// Packs what is released: the extension as one .vsix for all platforms, and the language server with the command-line
// tool as an npm tarball. Usage: node scripts/package.mjs [FOLDER], by default the checkout.
// What goes in is the allow lists in .vscodeignore and .npmignore; everything is bundled, so no node_modules. The same
// sources give the same bytes.
import { stat } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "./lib/build.mjs";
import { packNpm } from "./lib/packNpm.mjs";
import { packVsix } from "./lib/packVsix.mjs";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");
const folder = path.resolve(process.argv[2] ?? root);

await build(root, "--production");
const files = [await packVsix(root, folder), await packNpm(root, folder)];
for (const file of files) {
  const { size } = await stat(file);
  console.log(`${path.relative(process.cwd(), file)}: ${Math.round(size / 1024)} KiB`);
}
