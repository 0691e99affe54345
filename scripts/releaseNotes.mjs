// Checks that a tag may be released, and prints its part of the changelog. Usage: node scripts/releaseNotes.mjs TAG
// The tag is the version of package.json behind a `v`, and the changelog has a dated part for it.
import { readFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { releaseNotes } from "./lib/releaseNotes.mjs";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");
const [manifest, changelog] = await Promise.all(
  ["package.json", "CHANGELOG.md"].map((file) => readFile(path.join(root, file), "utf8")),
);

try {
  process.stdout.write(releaseNotes(process.argv[2] ?? "", JSON.parse(manifest).version, changelog));
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
