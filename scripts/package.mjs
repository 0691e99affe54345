// Packs the extension into one .vsix for all platforms. Usage: node scripts/package.mjs [FILE]
// What goes in is the allow list in .vscodeignore; everything is bundled, so no node_modules.
import { stat } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { createVSIX } from "@vscode/vsce";
import { build } from "./lib/build.mjs";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");
const file = path.resolve(process.argv[2] ?? path.join(root, "go-escape-lens.vsix"));

await build(root, "--production");
await createVSIX({ cwd: root, packagePath: file, dependencies: false });
console.log(`${path.relative(process.cwd(), file)}: ${Math.round((await stat(file)).size / 1024)} KiB`);
