/** The list that tells the compiler which files a `//go:embed` pattern means (cmd/go/internal/work/exec.go, embedcfg). */
import path from "node:path";
import { pathPattern } from "./pathMatch.js";

/**
 * Writes the configuration.
 *
 * @param dir Absolute folder of the package.
 * @param patterns As they stand in the source.
 * @param files With slashes, relative to `dir`; all files of all patterns.
 */
export function embedConfig(dir: string, patterns: readonly string[], files: readonly string[]): string {
  return JSON.stringify({
    Patterns: Object.fromEntries(patterns.map((pattern) => [pattern, filesOf(pattern, files)])),
    Files: Object.fromEntries(files.map((file) => [file, path.join(dir, ...file.split("/"))])),
  });
}

/** The files that one pattern means: those that it matches, and those in folders that it matches (`go doc embed`). */
function filesOf(pattern: string, files: readonly string[]): string[] {
  const all = pattern.startsWith("all:");
  const glob = pathPattern(all ? pattern.slice("all:".length) : pattern);
  return files.filter((file) => {
    const parts = file.split("/");
    return parts.some((_, index) => {
      if (!glob(parts.slice(0, index + 1).join("/"))) return false;
      return all || parts.slice(index + 1).every((part) => !/^[._]/.test(part));
    });
  });
}
