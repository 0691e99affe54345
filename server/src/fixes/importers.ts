/** Which other packages of the module use a package: what an exported name means is theirs to keep working, too. */
import { readdir, readFile, stat } from "node:fs/promises";
import path from "node:path";
import type { Snapshot } from "../analysis/snapshot.js";

interface KnownFile {
  readonly modified: number;
  readonly size: number;
  readonly imports: ReadonlySet<string>;
}

/** What files import, by absolute path, for as long as the disk has them so: a module is read once. */
const known = new Map<string, KnownFile>();

/** More files than this are not remembered, so that a session over many modules does not grow. */
const capacity = 50_000;

/**
 * Texts by absolute path of the Go files below the package's root that import it, tests and what build constraints leave out
 * included, but not those of its own folder. Folders that the go command ignores (`go help packages`: testdata, and names
 * with `.` or `_` in front) are left out, and so is vendor. What cannot be read counts as no importer.
 */
export async function readImporters({
  package: { dir, root, importPath },
}: Snapshot): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  const folders = [root];
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    for (const entry of await readdir(folder, { withFileTypes: true }).catch(() => [])) {
      const file = path.join(folder, entry.name);
      if (entry.isDirectory() && !isIgnored(entry.name)) folders.push(file);
      else if (folder !== dir && entry.isFile() && entry.name.endsWith(".go")) {
        if ((await importsOf(file)).has(importPath))
          found.set(file, await readFile(file, "utf8").catch(() => ""));
      }
    }
  }
  return found;
}

function isIgnored(name: string): boolean {
  return /^[._]/.test(name) || name === "testdata" || name === "vendor" || name === "node_modules";
}

async function importsOf(file: string): Promise<ReadonlySet<string>> {
  try {
    const { mtimeMs, size } = await stat(file);
    const entry = known.get(file);
    if (entry?.modified === mtimeMs && entry.size === size) return entry.imports;
    const imports = importedPaths(await readFile(file, "utf8"));
    if (known.size >= capacity) known.clear();
    known.set(file, { modified: mtimeMs, size, imports });
    return imports;
  } catch {
    return new Set();
  }
}

/** Strings of the import declarations, which stand before all others (Go specification, Source file organization). */
function importedPaths(text: string): Set<string> {
  const end = /^(?:func|type|var|const)\b/m.exec(text)?.index ?? text.length;
  const head = text.slice(0, end);
  return new Set([...head.matchAll(/["`]([^"`\s]+)["`]/g)].map((match) => match[1] ?? ""));
}
