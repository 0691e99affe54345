/** From the listing of `go list` to packages with their variants, and what is wrong with them. */
import path from "node:path";
import { GoCommandError } from "./commandError.js";
import { goMessage, type Environment } from "./environment.js";
import { listArguments } from "./buildPlan.js";
import { actionIdOf, listFields, parseListing, type ListedError, type ListedPackage } from "./listOutput.js";
import { writeOverlay } from "./overlay.js";
import type { GoPackage, Overlays, PackageVariant } from "./packages.js";
import { withDriveOf } from "./driveLetter.js";
import { classify, firstPosition, generalProblem, parsePosition, type GoProblem } from "./problems.js";
import { runProcess } from "./process.js";
import { withTemporaryFolder } from "./temporary.js";

/** Whose packages are wanted: those of the main modules (and of GOPATH), or those of the standard library. */
export type PackageScope = "main" | "standard";

export interface LoadRequest {
  /** Absolute path of the go command. */
  readonly go: string;
  /** From `buildEnvironment`. */
  readonly env: Environment;
  /** Absolute folder where go runs. Folders are named as this path names them, symbolic links kept. */
  readonly root: string;
  readonly patterns: readonly string[];
  readonly tests: boolean;
  /** From `planBuild`. */
  readonly flags: readonly string[];
  readonly scope?: PackageScope;
  readonly overlays?: Overlays;
}

export interface PackageGraph {
  readonly packages: readonly GoPackage[];
  /** Without repetition. Packages that have problems are among the packages, too, as far as they are known. */
  readonly problems: readonly GoProblem[];
}

/** Milliseconds. Listing a module of a thousand packages takes some seconds on a cold disk. */
const timeLimit = 120_000;

/**
 * Loads packages without compiling them.
 *
 * `./...` gives no package whose files are all excluded by build constraints, and none below testdata, vendor, `_x`,
 * `.x` or a nested module; a package that is named by its folder is given in every case, with what is wrong with it.
 *
 * Where the go command refuses altogether (no module, a broken go.mod, a missing toolchain), there are no packages and
 * one problem. Throws GoCommandError when it cannot be run or runs for too long, and AbortError.
 */
export async function loadPackages(request: LoadRequest, signal: AbortSignal): Promise<PackageGraph> {
  const { overlays } = request;
  if (overlays === undefined || overlays.size === 0) return await list(request, undefined, signal);
  return await withTemporaryFolder("overlay", async (folder) =>
    list(request, await writeOverlay(folder, overlays), signal),
  );
}

async function list(
  request: LoadRequest,
  overlayFile: string | undefined,
  signal: AbortSignal,
): Promise<PackageGraph> {
  const { go, env, root } = request;
  const args = listArguments(
    { ...request, ...(overlayFile === undefined ? {} : { overlayFile }) },
    listFields,
  );
  const command = { file: go, args, cwd: root, env, signal, timeLimit };
  const { stdout, stderr, exitCode } = await runProcess({ ...command, allowFailure: true });
  const listing = parseListing(stdout);
  if (exitCode === 0 && listing.length === 0 && stdout.trim() !== "") {
    const details = { kind: "failed", command: [go, ...args], exitCode, signal: null, stderr } as const;
    throw new GoCommandError("go list printed what is no listing", details);
  }
  const graph = packageGraph(listing, root, request.scope ?? "main");
  if (exitCode === 0) return graph;
  return { packages: graph.packages, problems: [...graph.problems, refusal(stderr, root)] };
}

/** Why the go command refused altogether, from what it wrote to stderr. */
export function refusal(stderr: string, root: string): GoProblem {
  const message = goMessage(stderr);
  const place = firstPosition(message, root);
  return { ...generalProblem(classify(message) ?? "go-failed", message), position: place?.position };
}

/**
 * Sorts a listing into packages.
 *
 * Left out are test mains (`p.test`), packages that were only recompiled for another package's tests (`q [p.test]`) or
 * main program (with PGO: `q [m/cmd/app]`; the compiler's output has their blocks all the same), and packages that are
 * not in scope. A package without any Go file that is compiled has no variants.
 *
 * @param root Absolute folder where go ran.
 */
export function packageGraph(
  listing: readonly ListedPackage[],
  root: string,
  scope: PackageScope,
): PackageGraph {
  const packages = new Map<
    string,
    { dir: string; root: string; ignored: string[]; variants: PackageVariant[] }
  >();
  const problems = new Map<string, GoProblem>();
  // External tests of the standard library do not carry the mark of their package.
  const standard = new Set(listing.filter((listed) => listed.Standard === true).map(ownerOf));
  for (const listed of listing.map((each) => withDrives(root, each))) {
    if (isTestMain(listed)) continue;
    if (listed.Dir === undefined) {
      for (const problem of problemsOf(listed, root)) problems.set(keyOf(problem), problem);
      continue;
    }
    const owner = ownerOf(listed);
    if (owner === undefined || !isInScope(listed, standard.has(owner), scope)) continue;
    for (const problem of problemsOf(listed, root)) problems.set(keyOf(problem), problem);
    const variant = toVariant(listed, listed.Dir, standard.has(owner) ? root : undefined);
    const found = packages.get(owner) ?? { dir: listed.Dir, root: variant.root, ignored: [], variants: [] };
    packages.set(owner, found);
    if (variant.files.length > 0) found.variants.push(variant);
    if (variant.forTest === null) found.ignored.push(...absolute(listed.Dir, listed.IgnoredGoFiles));
  }
  return { packages: Array.from(packages, toPackage), problems: [...problems.values()] };
}

/** Folders as the folder is spelled where go ran. */
function withDrives(root: string, listed: ListedPackage): ListedPackage {
  const { Dir, Module } = listed;
  const moduleDir = Module?.Dir;
  return {
    ...listed,
    ...(Dir !== undefined && { Dir: withDriveOf(root, Dir) }),
    ...(Module !== undefined &&
      moduleDir !== undefined && { Module: { ...Module, Dir: withDriveOf(root, moduleDir) } }),
  };
}

function toPackage([importPath, found]: readonly [
  string,
  { dir: string; root: string; ignored: string[]; variants: PackageVariant[] },
]): GoPackage {
  const variants = found.variants.toSorted((a, b) => rank(a) - rank(b));
  return { importPath, dir: found.dir, root: found.root, variants, ignoredFiles: found.ignored };
}

/** The plain variant, the one with in-package tests, the external tests. */
function rank(variant: PackageVariant): number {
  if (variant.forTest === null) return 0;
  return variant.importPath === variant.forTest ? 1 : 2;
}

/**
 * The import path of the package that a listed one is a variant of; undefined for recompiled packages. ForTest alone
 * does not tell, because all that is recompiled for p's tests carries it.
 */
function ownerOf(listed: ListedPackage): string | undefined {
  const { plain, forWhom } = splitId(listed.ImportPath);
  if (forWhom === undefined) return plain;
  const tested = listed.ForTest ?? "";
  if (tested === "" || forWhom !== `${tested}.test`) return undefined;
  return plain === tested || plain === `${tested}_test` ? tested : undefined;
}

/** Splits `p [q.test]` into the path and what stands in the brackets. */
function splitId(id: string): { readonly plain: string; readonly forWhom: string | undefined } {
  const match = /^(.*) \[(.*)\]$/.exec(id);
  return { plain: match?.[1] ?? id, forWhom: match?.[2] };
}

/** `p.test`, whose one file is generated into the build cache. A folder may be called `x.test`, too. */
function isTestMain({ ImportPath, Name, GoFiles = [] }: ListedPackage): boolean {
  return ImportPath.endsWith(".test") && Name === "main" && GoFiles.every((file) => path.isAbsolute(file));
}

function isInScope(listed: ListedPackage, isStandard: boolean, scope: PackageScope): boolean {
  if (isStandard) return scope === "standard";
  // No module: GOPATH mode, and files that were named one by one (`command-line-arguments`).
  return listed.Module === undefined || listed.Module.Main === true;
}

/** `runFrom` is where go runs for the package; without it that is the module's folder, or the package's own. */
function toVariant(listed: ListedPackage, dir: string, runFrom: string | undefined): PackageVariant {
  return {
    id: listed.ImportPath,
    importPath: splitId(listed.ImportPath).plain,
    forTest: listed.ForTest ?? null,
    name: listed.Name ?? "",
    dir,
    files: absolute(dir, [...(listed.GoFiles ?? []), ...(listed.CgoFiles ?? [])]),
    root: runFrom ?? listed.Module?.Dir ?? dir,
    goVersion: listed.Module?.GoVersion ?? null,
    actionId: actionIdOf(listed.BuildID),
    error: errorText(listed),
  };
}

function absolute(dir: string, files: readonly string[] | undefined): string[] {
  return (files ?? []).map((file) => path.resolve(dir, file));
}

/** The package's own error, else the first of its dependencies. */
function errorText(listed: ListedPackage): string | null {
  const error = listed.Error ?? listed.DepsErrors?.[0];
  if (error === undefined) return null;
  const message = messageOf(error);
  return error.Pos === undefined || error.Pos === "" ? message : `${error.Pos}: ${message}`;
}

/** The errors that `go list` names for one package, its dependencies' included. */
export function problemsOf(listed: ListedPackage, root: string): GoProblem[] {
  const errors = [...(listed.Error === undefined ? [] : [listed.Error]), ...(listed.DepsErrors ?? [])];
  return errors.map((error) => toProblem(error, listed, root));
}

function toProblem(error: ListedError, listed: ListedPackage, root: string): GoProblem {
  // What has no folder is no package: a pattern that matches nothing, a folder that is not there.
  const fallback = listed.Dir === undefined ? "go-failed" : "does-not-compile";
  // Compile errors (-export) carry their places in the text: `# p\n./a.go:3:5: undefined: x`.
  const position = parsePosition(error.Pos ?? "", root) ?? firstPosition(error.Err, root)?.position;
  const message = messageOf(error);
  return { code: classify(message) ?? fallback, message, position, variant: listed.ImportPath };
}

function messageOf({ Err, ImportStack }: ListedError): string {
  const isCycle = Err.includes("import cycle not allowed") && (ImportStack?.length ?? 0) > 1;
  return isCycle ? `${Err}: ${(ImportStack ?? []).join(" → ")}` : Err;
}

/** The same error is listed for each variant and for all that import the package. */
function keyOf({ code, message, position }: GoProblem): string {
  return JSON.stringify([code, message, position]);
}

/** Says what to tell a person when the go command itself failed: its own words, under a code. */
export function problemOf(error: GoCommandError): GoProblem {
  const message = goMessage(error.stderr);
  return generalProblem(classify(message) ?? "go-failed", message === "" ? error.message : message);
}
