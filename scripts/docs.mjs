// Rewrites the tables of the README files from package.json. Usage: node scripts/docs.mjs [--check]
// With --check nothing is written, and the exit status is 1 where a table is not current.
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { readmes, withTables } from "./lib/readmeTables.mjs";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");
const check = process.argv.includes("--check");

for (const { file, language } of readmes) {
  const target = path.join(root, file);
  const text = await readFile(target, "utf8");
  const current = await withTables(root, text, language);
  if (current === text) continue;
  if (check) {
    console.error(`${file}: the tables are not current; run node scripts/docs.mjs`);
    process.exitCode = 1;
  } else {
    await writeFile(target, current);
    console.log(`${file}: written`);
  }
}
