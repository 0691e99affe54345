/** An older version of Go in the person's home, as `go install golang.org/dl/…` puts it there. Not for Windows. */
import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";

export interface OlderGo {
  /** Such as `go1.26.0`. */
  readonly version: string;
  /** The environment with that home. */
  readonly env: NodeJS.ProcessEnv;
  dispose(): void;
}

/**
 * The machine's own Go once more, which says that it is the first release of its minor version: what it compiles is the
 * same, so a comparison must find no difference, and nothing has to be downloaded.
 */
export function olderGo(): OlderGo {
  const home = mkdtempSync(path.join(os.tmpdir(), "escape-lens-older-go-"));
  const names = ["GOVERSION", "GOROOT", "GOCACHE", "GOMODCACHE", "GOENV"] as const;
  const [own = "", goroot = "", GOCACHE, GOMODCACHE, GOENV] = execFileSync("go", ["env", ...names], {
    encoding: "utf8",
  }).split("\n");
  const version = `${/^go1\.\d+/.exec(own)?.[0] ?? own}.0`;
  const bin = path.join(home, "sdk", version, "bin");
  const real = path.join(goroot, "bin", "go");
  mkdirSync(bin, { recursive: true });
  writeFileSync(
    path.join(bin, "go"),
    `#!/bin/sh\nset -e\n[ "$1" = env ] || exec '${real}' "$@"\nsaid=$('${real}' "$@")\n` +
      `printf '%s\\n' "$said" | sed 's/"${own}"/"${version}"/'\n`,
  );
  chmodSync(path.join(bin, "go"), 0o755);
  return {
    version,
    // The caches stay where they are: they lie below the home by default.
    env: { ...process.env, HOME: home, GOCACHE, GOMODCACHE, GOENV },
    dispose: () => {
      rmSync(home, { recursive: true, force: true });
    },
  };
}
