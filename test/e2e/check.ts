/** `npm start -- --check [FOLDER]`: opens Go files of the folder in a real VS Code until one has a squiggle. */
import { readdir } from "node:fs/promises";
import path from "node:path";
import { openSession } from "./session.js";
import type { Squiggle } from "./squiggles.js";
import type { Workbench } from "./workbench.js";

/** Opening every file of a large module would take long; a module without any in so many is said to have none. */
const mostFiles = 20;

async function main(folder: string): Promise<void> {
  const started = Date.now();
  const session = await openSession({ folder, inPlace: true });
  try {
    for (const file of (await goFiles(folder)).slice(0, mostFiles)) {
      await session.workbench.openFile(file);
      const first = await firstSquiggle(session.workbench);
      if (first === undefined) {
        console.log(`${file}: ${(await session.workbench.languageStatus()).join("; ")}`);
        continue;
      }
      const seconds = ((Date.now() - started) / 1000).toFixed(1);
      // Three dots mark a hint, whatever its range: what they happen to stand under says nothing.
      const what = first.severity === "hint" ? "a hint is shown" : `\`${first.text}\` is underlined`;
      console.log(`${file}:${first.line}: ${what}, after ${seconds} s\nOK`);
      return;
    }
    throw new Error(`No squiggle was seen in the Go files of ${folder}.`);
  } finally {
    await session.close();
  }
}

/** The first squiggle in view; undefined when the analysis is over and the file has none there. */
async function firstSquiggle(workbench: Workbench): Promise<Squiggle | undefined> {
  await workbench.languageStatusWhen(/^(?!Escape: (starting|waiting|analyzing))/);
  for (;;) {
    const [first] = await workbench.squiggles();
    if (first !== undefined || !(await workbench.isAnalyzing())) return first;
  }
}

/** Go files, most telling first: no tests, and none that the go command does not look at. */
async function goFiles(folder: string): Promise<string[]> {
  const files = await readdir(folder, { recursive: true });
  return files
    .map((file) => file.split(path.sep).join("/"))
    .filter((file) => file.endsWith(".go") && !file.endsWith("_test.go"))
    .filter((file) => !/(^|\/)([._]|testdata\/|vendor\/|node_modules\/)/.test(file))
    .sort();
}

const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error("Usage: check.mjs FOLDER");
await main(path.resolve(folder));
