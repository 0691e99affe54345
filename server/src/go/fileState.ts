/** What tells that files changed, asked of the file system alone, and synchronously: a check comes before every compile. */
import { readdirSync, statSync } from "node:fs";
import path from "node:path";

/** Size and time, as Go's own file cache takes them. Files that are absent or out of reach have a state, too. */
export function stateOf(file: string): string {
  try {
    const status = statSync(file, { throwIfNoEntry: false });
    return status === undefined ? "absent" : `${status.mtimeMs} ${status.size}`;
  } catch (error) {
    // A link to itself, a folder that may not be entered.
    return String((error as NodeJS.ErrnoException).code);
  }
}

/** Bytes; 0 for files that are absent or out of reach. */
export function sizeOf(file: string): number {
  try {
    return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  } catch {
    return 0;
  }
}

/** The names of the Go files in a folder (absolute path), one to a line; empty for a folder that is gone. */
export function goFileNames(dir: string): string {
  try {
    return readdirSync(dir)
      .filter((name) => name.endsWith(".go"))
      .sort()
      .join("\n");
  } catch {
    return "";
  }
}

/** Absolute paths of the files below a module's folder that choose modules, whether they exist or not. */
export function moduleFiles(root: string): string[] {
  return [
    ...["go.mod", "go.sum", "go.work", "go.work.sum"].map((name) => path.join(root, name)),
    path.join(root, "vendor", "modules.txt"),
  ];
}
