/** Versions of Go, as `go env GOVERSION` and go.mod write them. */

export interface GoVersion {
  /** As the go command prints it: `go1.26.8`, `go1.22.1-X:foo`, `devel go1.27-abc Mon …`. */
  readonly text: string;
  readonly major: number;
  readonly minor: number;
  readonly patch: number;
  /** `rc1`, `beta2`, `devel`, or empty for a release. */
  readonly prerelease: string;
}

/** The oldest minor version of Go 1 whose output the parsers were made for. */
export const oldestMinor = 21;

/**
 * Parses a version: releases, `go1.27rc1`, development builds before and since Go 1.26 (`devel go1.27-abc`,
 * `go1.27-devel_abc`), and suffixes of vendors and experiments (`go1.22.1-X:foo`, `go1.22.1 X:foo`, `go1.21.4-acme`).
 * Null when the text names no version, as that of builds before Go 1.17 (`devel +abc`).
 */
export function parseGoVersion(text: string): GoVersion | null {
  const match = /^(devel )?(?:go)?(\d+)\.(\d+)(?:\.(\d+))?((?:rc|beta)\d+)?(-devel)?(?![\d.])/.exec(
    text.trim(),
  );
  if (match === null) return null;
  const [, develBefore, major, minor, patch, candidate, develBehind] = match;
  const devel = develBefore !== undefined || develBehind !== undefined;
  return {
    text: text.trim(),
    major: Number(major),
    minor: Number(minor),
    patch: Number(patch ?? 0),
    prerelease: devel ? "devel" : (candidate ?? ""),
  };
}

/** Says whether the version is one that we can work with. One that cannot be read is taken for a new one. */
export function isSupported(version: GoVersion | null): boolean {
  return version === null || version.major > 1 || version.minor >= oldestMinor;
}

/** Order of two versions: below 0 when `a` is older. Candidates come before their release. */
export function compareVersions(a: GoVersion, b: GoVersion): number {
  return (
    a.major - b.major ||
    a.minor - b.minor ||
    a.patch - b.patch ||
    rank(a.prerelease) - rank(b.prerelease) ||
    a.prerelease.localeCompare(b.prerelease, "en", { numeric: true })
  );
}

/** devel, betas, candidates, release. */
function rank(prerelease: string): number {
  if (prerelease === "") return 3;
  if (prerelease.startsWith("rc")) return 2;
  return prerelease.startsWith("beta") ? 1 : 0;
}
