// Takes the pictures in docs/pictures and those of the walkthrough anew, in a real VS Code. Usage: node scripts/pictures.mjs [FOLDER]
import path from "node:path";
import { fileURLToPath } from "node:url";
import { browserAdvice, findBrowser } from "./lib/browser.mjs";
import { build, packProducts } from "./lib/build.mjs";
import { runChild } from "./lib/children.mjs";
import { ensureDependencies } from "./lib/dependencies.mjs";
import { findGo } from "./lib/goCommand.mjs";
import { ensureVSCode } from "./lib/vscodeWeb.mjs";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");
const folder = path.resolve(process.argv[2] ?? path.join(root, "docs", "pictures"));

const go = findGo();
await ensureDependencies(root);
const { vsix } = await packProducts(root);
await build(root, "--tests");
const browser = await findBrowser();
if (browser === undefined) throw new Error(`A browser is needed. ${browserAdvice}`);
const provisions = JSON.stringify({ vscode: await ensureVSCode(), vsix, browser });
const programs = [
  ["pictures.mjs", folder],
  ["walkthroughPictures.mjs", path.join(root, "client", "media", "walkthrough")],
];
for (const [program, into] of programs) {
  const args = [path.join(root, "test", "out", "e2e", program), into];
  const env = { ...go.env, ESCAPE_LENS_E2E: provisions };
  process.exitCode = (await runChild(process.execPath, args, { cwd: root, env })) || process.exitCode;
}
