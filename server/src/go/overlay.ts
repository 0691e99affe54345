/** Unsaved contents for the go command: files of their own, and the list that names them (`go help build`, -overlay). */
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import type { Overlays } from "./packages.js";

/**
 * Writes the contents into an empty folder and returns the absolute path of the overlay file. The compiler's messages
 * name the original paths. Throws the file system's errors.
 */
export async function writeOverlay(folder: string, overlays: Overlays): Promise<string> {
  const replace: Record<string, string> = {};
  await Promise.all(
    [...overlays].map(async ([file, contents], index) => {
      // A folder each: names stay as they are, because build constraints are part of them (x_linux.go).
      const own = path.join(folder, String(index));
      await mkdir(own);
      const copy = path.join(own, path.basename(file));
      await writeFile(copy, contents);
      replace[file] = copy;
    }),
  );
  const overlayFile = path.join(folder, "overlay.json");
  await writeFile(overlayFile, JSON.stringify({ Replace: replace }));
  return overlayFile;
}
