/** What `go list` says about packages: the plain data that every later layer works on. */

/**
 * One compilation of a package: the package itself, the package with its in-package tests, or its external tests.
 * Go prints the three as `p`, `p [p.test]` and `p_test [p.test]` (cmd/go, `go help list`, ForTest).
 */
export interface PackageVariant {
  /** The name that `go list` and the `# …` headers of the compiler's output use, brackets included. */
  readonly id: string;
  /** The id without its brackets: `p`, or `p_test` for external tests. */
  readonly importPath: string;
  /** Import path of the package under test, or null for the plain variant. */
  readonly forTest: string | null;
  /** The name in the package clause. */
  readonly name: string;
  /** Absolute folder of the package. */
  readonly dir: string;
  /** Absolute paths of the Go files that this variant compiles (cgo files included), as they are on disk. */
  readonly files: readonly string[];
  /** Absolute folder in which the go command is run for this package: its module's, or `dir` outside modules. */
  readonly root: string;
  /** Language version of the module (`1.22`), or null where go.mod names none. */
  readonly goVersion: string | null;
  /** The build id's action part, which names all inputs of the compile; null when it was not built. */
  readonly actionId: string | null;
  /** What is wrong with the package, in the go command's words (load or compile errors); null when nothing is. */
  readonly error: string | null;
}

/** A package with all its variants: the unit that the editor analyses. */
export interface GoPackage {
  /** Import path of the package under test, also for its external tests. */
  readonly importPath: string;
  readonly dir: string;
  readonly root: string;
  /** Plain, with in-package tests, external tests; those that exist. */
  readonly variants: readonly PackageVariant[];
  /** Absolute paths of the Go files that build constraints, or a name with `_` or `.` in front, exclude. */
  readonly ignoredFiles: readonly string[];
}

/** The Go files of all variants, each once. */
export function filesOf(variants: readonly PackageVariant[]): string[] {
  return [...new Set(variants.flatMap((variant) => variant.files))];
}

/** Language version of a package (`1.22` gives 22); null where go.mod names none. */
export function languageMinorOf(variants: readonly PackageVariant[]): number | null {
  const version = variants.find(({ goVersion }) => goVersion !== null)?.goVersion;
  const minor = /^1\.(\d+)/.exec(version ?? "")?.[1];
  return minor === undefined ? null : Number(minor);
}

/** Whether all turns of a loop share the variables of its head, as they did before Go 1.22 (go.dev/blog/loopvar-preview). */
export function hasSharedLoopVariables(variants: readonly PackageVariant[]): boolean {
  return (languageMinorOf(variants) ?? 22) < 22;
}

/** Unsaved contents by absolute path; a file named here need not be on disk. */
export type Overlays = ReadonlyMap<string, string>;
