/** All packages below a folder, with plans to compile them: a few calls of the go command instead of some per package. */
import { listArguments } from "./buildPlan.js";
import { type Exports, isGenerated, planCompile, type PlanOutcome, plainPath } from "./compilePlan.js";
import { buildObstacle, effectiveFlags } from "./directBuild.js";
import type { GoSetup } from "./goSetup.js";
import { type ListedPackage, listFields, parseListing, planFields } from "./listOutput.js";
import { packageGraph, refusal } from "./packageGraph.js";
import type { GoPackage } from "./packages.js";
import type { GoProblem } from "./problems.js";
import { runProcess } from "./process.js";
import { recompiledFor } from "./recompiledPlans.js";

/** What was built, for a later listing. */
export interface Built {
  readonly exports: Exports;
  /** The files that cgo made, by the path of the package; absolute paths in Go's cache. */
  readonly translations: ReadonlyMap<string, readonly string[]>;
}

export interface WorkspaceListing extends Built {
  readonly packages: readonly GoPackage[];
  readonly problems: readonly GoProblem[];
  /** By the variant's id. */
  readonly plans: ReadonlyMap<string, PlanOutcome>;
  /** Whether packages are compiled once more for a main program, with its profile (`q [m/cmd/app]`; `go help build`, -pgo). */
  readonly isProfiled: boolean;
  /** Whether some of the packages have tests, which may be left out here. */
  readonly hasTests: boolean;
  /** Import paths of what only tests import: see BuildToList. */
  readonly needed: readonly string[];
  readonly origins: Origins;
}

/** Where the packages come from, those that they import included, and the standard library left out. */
export interface Origins {
  /** Absolute folders of packages. */
  readonly folders: readonly string[];
  /** Whether some of them have cgo. */
  readonly usesCgo: boolean;
  /** Whether some depend on what other programs than go and a C compiler say (SWIG, pkg-config). */
  readonly isElsewhere: boolean;
  /** Absolute paths of their modules' go.mod. */
  readonly goMods: readonly string[];
}

/** Which packages, in the go command's words. */
export interface WhatToList {
  readonly patterns: readonly string[];
  readonly tests: boolean;
}

export interface BuildToList extends WhatToList {
  /** Import paths that tests were found to need (`needed`): they are built with the rest, which saves a call. */
  readonly also: readonly string[];
}

/** Milliseconds. What is listed may have to be built first. */
const timeLimit = 1_800_000;

const testFields = ["TestGoFiles", "XTestGoFiles"];
const ownFields = ["Export", "CompiledGoFiles", "BuildID", "DepOnly", "CgoPkgConfig", ...testFields];
const buildFields = [...new Set([...planFields, ...listFields, ...ownFields])];

/**
 * Lists all packages below `root` (absolute, where go runs) without their tests, in one call, which builds what is not in
 * Go's cache. Rejects with GoCommandError when go cannot be run, and AbortError.
 */
export async function listWorkspace(
  setup: GoSetup,
  root: string,
  signal: AbortSignal,
): Promise<WorkspaceListing> {
  return await listBuild(setup, root, { patterns: ["./..."], tests: false, also: [] }, signal);
}

/**
 * Lists the packages that patterns name, from the folder `root` (absolute), and builds those that are not in Go's cache,
 * their tests left out. With tests, both questions are asked at the same time. Rejects as `listWorkspace` does.
 */
export async function listBuild(
  setup: GoSetup,
  root: string,
  { patterns, tests, also }: BuildToList,
  signal: AbortSignal,
): Promise<WorkspaceListing> {
  const plain = { patterns: tests ? [...patterns, ...also] : patterns, tests: false };
  const [{ listed, stderr }, tested] = await Promise.all([
    // What cgo made (-compiled) is in Go's cache as soon as the packages are built.
    list(setup, root, ["-export", "-compiled", "-deps"], plain, signal),
    tests ? list(setup, root, ["-deps"], { patterns, tests: true }, signal) : undefined,
  ]);
  const built = { exports: exportsOf(listed), translations: translationsOf(listed) };
  if (listed.length === 0 && stderr !== "") {
    const problems = [refusal(stderr, root)];
    const origins = originsOf([]);
    const none = { packages: [], plans: new Map<string, never>(), isProfiled: false, hasTests: false };
    return { ...none, ...built, problems, needed: [], origins };
  }
  if (tested === undefined) return { ...planned(setup, root, listed, built), needed: [] };
  const byId = new Map(listed.map((each) => [each.ImportPath, each]));
  // What was built knows its errors and its build id.
  const all = tested.listed.map((each) => ({ ...each, ...byId.get(each.ImportPath) }));
  return await plannedTests(setup, root, { listed: all, built, also }, signal);
}

/** The same with tests, of which nothing is built; `built` is that of the listing without. */
export async function listWorkspaceTests(
  setup: GoSetup,
  root: string,
  built: Built,
  signal: AbortSignal,
): Promise<WorkspaceListing> {
  const { listed } = await list(setup, root, ["-deps"], { patterns: ["./..."], tests: true }, signal);
  return await plannedTests(setup, root, { listed, built, also: [] }, signal);
}

/** Tests may import what nothing else does: it is built now. */
async function plannedTests(
  setup: GoSetup,
  root: string,
  { listed, built, also }: { listed: readonly ListedPackage[]; built: Built; also: readonly string[] },
  signal: AbortSignal,
): Promise<WorkspaceListing> {
  const named = listed.filter(({ DepOnly }) => DepOnly !== true);
  const graph = packageGraph(named, root, "main");
  const wanted = new Set(graph.packages.flatMap(({ variants }) => variants.map(({ id }) => id)));
  const imports = listed
    .filter(({ ImportPath }) => wanted.has(ImportPath))
    .flatMap((each) => each.Imports ?? []);
  const isNeeded = (id: string) =>
    id === plainPath(id) && !isPseudo(id) && (!built.exports.has(id) || also.includes(id));
  const needed = [...new Set(imports)].filter(isNeeded);
  const missing = needed.filter((id) => !built.exports.has(id));
  const what = { patterns: missing, tests: false };
  const more = missing.length === 0 ? [] : (await list(setup, root, ["-export"], what, signal)).listed;
  const exports = new Map([...built.exports, ...exportsOf(more)]);
  return { ...planned(setup, root, listed, { ...built, exports }), needed };
}

function isPseudo(id: string): boolean {
  return id === "C" || id === "unsafe";
}

function planned(
  setup: GoSetup,
  root: string,
  listed: readonly ListedPackage[],
  built: Built,
): Omit<WorkspaceListing, "needed"> {
  const { exports } = built;
  const named = listed.filter(({ DepOnly }) => DepOnly !== true);
  const { packages, problems } = packageGraph(named, root, "main");
  const byId = new Map(listed.map((each) => [each.ImportPath, translated(each, built)]));
  const flags = effectiveFlags(setup.env, setup.flags);
  const plans = new Map<string, PlanOutcome>();
  for (const variant of packages.flatMap((each) => each.variants)) {
    const found = byId.get(variant.id);
    if (found === undefined) continue;
    const unsuitable = buildObstacle(variant, flags);
    const recompiled = unsuitable === undefined ? recompiledFor(found, byId, exports) : [];
    const outcome = unsuitable === undefined ? planCompile(found, exports, [], recompiled) : { unsuitable };
    plans.set(variant.id, outcome);
  }
  const hasTests = named.some((each) => [each.TestGoFiles, each.XTestGoFiles].some((files) => files?.length));
  return {
    ...built,
    packages,
    problems,
    plans,
    isProfiled: listed.some(isForProgram),
    hasTests,
    origins: originsOf(listed),
  };
}

function originsOf(listed: readonly ListedPackage[]): Origins {
  const own = listed.filter(({ Standard }) => Standard !== true);
  return {
    folders: [...new Set(own.flatMap(({ Dir }) => (Dir === undefined ? [] : [Dir])))],
    usesCgo: own.some(({ CgoFiles = [] }) => CgoFiles.length > 0),
    isElsewhere: own.some(({ SwigFiles = [], SwigCXXFiles = [], CgoPkgConfig = [] }) =>
      [SwigFiles, SwigCXXFiles, CgoPkgConfig].some((each) => each.length > 0),
    ),
    goMods: [...new Set(own.flatMap(({ Module }) => (Module?.GoMod === undefined ? [] : [Module.GoMod])))],
  };
}

/** Variants for tests carry the name of what they are for. */
function isForProgram({ ImportPath, ForTest = "" }: ListedPackage): boolean {
  return ForTest === "" && plainPath(ImportPath) !== ImportPath;
}

function exportsOf(listed: readonly ListedPackage[]): Exports {
  return new Map(
    listed.flatMap(({ ImportPath, Export }) => (Export === undefined ? [] : [[ImportPath, Export] as const])),
  );
}

function translationsOf(listed: readonly ListedPackage[]): Built["translations"] {
  return new Map(
    listed.flatMap(({ ImportPath, CompiledGoFiles = [] }) => {
      const made = CompiledGoFiles.filter(isGenerated);
      return made.length === 0 ? [] : [[ImportPath, made] as const];
    }),
  );
}

/** What the files that cgo makes import, beside "unsafe". */
const importedByCgo = ["runtime/cgo", "syscall"];

/** A package compiled for its tests with what cgo made of the package itself: no test may have cgo. */
function translated(listed: ListedPackage, { translations }: Built): ListedPackage {
  const made = translations.get(plainPath(listed.ImportPath));
  if (made === undefined || listed.CompiledGoFiles !== undefined) return listed;
  const { GoFiles = [], Imports = [] } = listed;
  return { ...listed, CompiledGoFiles: [...GoFiles, ...made], Imports: [...Imports, ...importedByCgo] };
}

async function list(
  { go, env, flags }: GoSetup,
  root: string,
  options: readonly string[],
  what: WhatToList,
  signal: AbortSignal,
): Promise<{ readonly listed: readonly ListedPackage[]; readonly stderr: string }> {
  const [command = "", ...rest] = listArguments({ flags, ...what }, buildFields);
  const args = [command, ...options, ...rest];
  const run = { file: go, args, cwd: root, env, signal, timeLimit, allowFailure: true };
  const { stdout, stderr } = await runProcess(run);
  return { listed: parseListing(stdout), stderr };
}
