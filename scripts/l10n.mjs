// Holds the bundles in l10n/ against the program's texts. Usage: node scripts/l10n.mjs [--write]
// Prints what is missing and what is stale, and exits with 1 where there is any. With --write the bundles are sorted, what is
// stale is dropped, and what is missing is added with an empty text, for a person to fill in.
import { readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { programTexts } from "./lib/l10nTexts.mjs";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");
const folder = path.join(root, "l10n");
const texts = await programTexts(root);

for (const name of await readdir(folder)) {
  const file = path.join(folder, name);
  const bundle = JSON.parse(await readFile(file, "utf8"));
  const missing = texts.filter((text) => !bundle[text]);
  const stale = Object.keys(bundle).filter((text) => !texts.includes(text));
  for (const text of missing) console.log(`${name}: missing ${JSON.stringify(text)}`);
  for (const text of stale) console.log(`${name}: stale ${JSON.stringify(text)}`);
  if (missing.length + stale.length > 0) process.exitCode = 1;
  if (!process.argv.includes("--write")) continue;
  const current = Object.fromEntries(texts.map((text) => [text, bundle[text] ?? ""]));
  await writeFile(file, `${JSON.stringify(current, null, 2)}\n`);
}
