/** The JSON of `go list`: its fields as far as they are used, and the reading of objects that follow one another. */

/** `go help list`, struct Package. Empty fields are left out by the go command. */
export interface ListedPackage {
  readonly ImportPath: string;
  readonly Name?: string;
  readonly Dir?: string;
  readonly ForTest?: string;
  readonly Standard?: boolean;
  readonly GoFiles?: readonly string[];
  readonly TestGoFiles?: readonly string[];
  readonly XTestGoFiles?: readonly string[];
  readonly CgoFiles?: readonly string[];
  readonly IgnoredGoFiles?: readonly string[];
  readonly CFiles?: readonly string[];
  readonly CXXFiles?: readonly string[];
  readonly MFiles?: readonly string[];
  readonly FFiles?: readonly string[];
  readonly SFiles?: readonly string[];
  readonly SysoFiles?: readonly string[];
  readonly SwigFiles?: readonly string[];
  readonly SwigCXXFiles?: readonly string[];
  /** What it asks pkg-config for. */
  readonly CgoPkgConfig?: readonly string[];
  readonly EmbedPatterns?: readonly string[];
  readonly TestEmbedPatterns?: readonly string[];
  readonly XTestEmbedPatterns?: readonly string[];
  /** With slashes, relative to Dir. */
  readonly EmbedFiles?: readonly string[];
  /** Packages as they are resolved, brackets of test variants included. */
  readonly Imports?: readonly string[];
  /** From the path in the source to the entry of Imports, where the two differ. */
  readonly ImportMap?: Readonly<Record<string, string>>;
  /** With -compiled only: absolute for generated files, else relative to Dir. */
  readonly CompiledGoFiles?: readonly string[];
  readonly Module?: ListedModule;
  /** With -export only: absolute path of the export data in Go's build cache. */
  readonly Export?: string;
  /** With -export only. */
  readonly BuildID?: string;
  /** With -deps only: no pattern names it. */
  readonly DepOnly?: boolean;
  readonly Error?: ListedError;
  readonly DepsErrors?: readonly ListedError[];
}

export interface ListedModule {
  readonly Path: string;
  readonly Main?: boolean;
  readonly Dir?: string;
  /** Absolute path of its go.mod. */
  readonly GoMod?: string;
  readonly GoVersion?: string;
}

/** `go help list`, struct PackageError. */
export interface ListedError {
  readonly ImportStack?: readonly string[] | null;
  /** `FILE:LINE:COLUMN`, relative to the folder where go ran; may be empty. */
  readonly Pos?: string;
  readonly Err: string;
}

/** For -json=…; naming them spares the go command the others, of which some are costly. */
export const listFields: readonly string[] = [
  "ImportPath",
  "Name",
  "Dir",
  "ForTest",
  "Standard",
  "GoFiles",
  "CgoFiles",
  "IgnoredGoFiles",
  "Module",
  "Error",
  "DepsErrors",
];

/** With the build id, for a `go list -export`. */
export const exportFields: readonly string[] = [...listFields, "BuildID"];

/** With what a compile needs (compilePlan.ts), for a `go list -deps`. */
export const planFields: readonly string[] = [
  ...listFields.filter((field) => field !== "IgnoredGoFiles"),
  "CFiles",
  "CXXFiles",
  "MFiles",
  "FFiles",
  "SFiles",
  "SysoFiles",
  "SwigFiles",
  "SwigCXXFiles",
  "EmbedPatterns",
  "TestEmbedPatterns",
  "XTestEmbedPatterns",
  "EmbedFiles",
  "Imports",
  "ImportMap",
];

/** Parses what `go list -json` prints. */
export function parseListing(text: string): ListedPackage[] {
  return parseObjects(text).filter((value): value is ListedPackage => "ImportPath" in value);
}

/** Parses what `go list -m -json` prints. */
export function parseModules(text: string): ListedModule[] {
  return parseObjects(text).filter((value): value is ListedModule => "Path" in value);
}

/**
 * Parses objects that follow one another. What is not part of a whole object, such as the rest of an output that was cut
 * off, is left out.
 */
function parseObjects(text: string): object[] {
  const objects: object[] = [];
  for (const object of splitObjects(text)) {
    try {
      objects.push(JSON.parse(object) as object);
    } catch {
      // No JSON after all: it cannot have come from go list.
    }
  }
  return objects;
}

/** The texts of the top-level objects in a text. */
function* splitObjects(text: string): Generator<string> {
  let depth = 0;
  let start = 0;
  let isString = false;
  // Braces in strings do not count. A pattern for a whole string would be too much for the engine where one does not end.
  for (const { 0: token, index } of text.matchAll(/\\.|["{}]/gs)) {
    if (token === '"') isString = !isString;
    if (isString) continue;
    if (token === "{" && depth++ === 0) start = index;
    if (token !== "}" || depth === 0) continue;
    depth--;
    if (depth === 0) yield text.slice(start, index + 1);
  }
}

/**
 * The action part of a build id (`action/content`, cmd/go/internal/work/buildid.go): it names all inputs of the compile.
 * Null when the package was not built.
 */
export function actionIdOf(buildId: string | undefined): string | null {
  const action = buildId?.split("/", 1)[0];
  return action === undefined || action === "" ? null : action;
}
