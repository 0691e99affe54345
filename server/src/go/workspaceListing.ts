/** All packages below a folder, with plans to compile them: a few calls of the go command instead of some per package. */
import { listArguments } from "./buildPlan.js";
import { type Exports, planCompile, type PlanOutcome, plainPath } from "./compilePlan.js";
import { buildObstacle, effectiveFlags } from "./directBuild.js";
import type { GoSetup } from "./goSetup.js";
import { type ListedPackage, listFields, parseListing, planFields } from "./listOutput.js";
import { packageGraph, refusal } from "./packageGraph.js";
import type { GoPackage } from "./packages.js";
import type { GoProblem } from "./problems.js";
import { runProcess } from "./process.js";

export interface WorkspaceListing {
  readonly packages: readonly GoPackage[];
  readonly problems: readonly GoProblem[];
  /** By the variant's id. */
  readonly plans: ReadonlyMap<string, PlanOutcome>;
  /** Export data of all that was built, for a later listing. */
  readonly exports: Exports;
}

/** Milliseconds. What is listed may have to be built first. */
const timeLimit = 1_800_000;

const buildFields = [...new Set([...planFields, ...listFields, "Export"])];

/**
 * Lists all packages below `root` (absolute, where go runs) without their tests, in one call, which builds what is not in
 * Go's cache. Rejects with GoCommandError when go cannot be run, and AbortError.
 */
export async function listWorkspace(
  setup: GoSetup,
  root: string,
  signal: AbortSignal,
): Promise<WorkspaceListing> {
  const what = { patterns: ["./..."], tests: false };
  const { listed, stderr } = await list(setup, root, ["-export", "-deps"], what, signal);
  const exports = exportsOf(listed);
  const listing = planned(setup, root, listed, exports);
  const problems = listed.length === 0 && stderr !== "" ? [refusal(stderr, root)] : listing.problems;
  return { ...listing, problems, exports };
}

/** The same with tests, of which nothing is built; `exports` are those of the listing without. */
export async function listWorkspaceTests(
  setup: GoSetup,
  root: string,
  exports: Exports,
  signal: AbortSignal,
): Promise<WorkspaceListing> {
  const { listed } = await list(setup, root, ["-deps"], { patterns: ["./..."], tests: true }, signal);
  const graph = packageGraph(listed, root, "main");
  const wanted = new Set(graph.packages.flatMap(({ variants }) => variants.map(({ id }) => id)));
  const imports = listed
    .filter(({ ImportPath }) => wanted.has(ImportPath))
    .flatMap((each) => each.Imports ?? []);
  const missing = new Set(imports.filter((id) => id === plainPath(id) && !exports.has(id) && !isPseudo(id)));
  const what = { patterns: [...missing], tests: false };
  const built = missing.size === 0 ? [] : (await list(setup, root, ["-export"], what, signal)).listed;
  const all = new Map([...exports, ...exportsOf(built)]);
  return { ...planned(setup, root, listed, all), exports: all };
}

function isPseudo(id: string): boolean {
  return id === "C" || id === "unsafe";
}

function planned(
  setup: GoSetup,
  root: string,
  listed: readonly ListedPackage[],
  exports: Exports,
): Omit<WorkspaceListing, "exports"> {
  const { packages, problems } = packageGraph(listed, root, "main");
  const byId = new Map(listed.map((each) => [each.ImportPath, each]));
  const flags = effectiveFlags(setup.env, setup.flags);
  const plans = new Map<string, PlanOutcome>();
  for (const variant of packages.flatMap((each) => each.variants)) {
    const found = byId.get(variant.id);
    if (found === undefined) continue;
    const unsuitable = buildObstacle(variant, flags);
    plans.set(variant.id, unsuitable === undefined ? planCompile(found, exports, []) : { unsuitable });
  }
  return { packages, problems, plans };
}

function exportsOf(listed: readonly ListedPackage[]): Exports {
  return new Map(
    listed.flatMap(({ ImportPath, Export }) => (Export === undefined ? [] : [[ImportPath, Export] as const])),
  );
}

async function list(
  { go, env, flags }: GoSetup,
  root: string,
  options: readonly string[],
  what: { readonly patterns: readonly string[]; readonly tests: boolean },
  signal: AbortSignal,
): Promise<{ readonly listed: readonly ListedPackage[]; readonly stderr: string }> {
  const [command = "", ...rest] = listArguments({ flags, ...what }, buildFields);
  const args = [command, ...options, ...rest];
  const run = { file: go, args, cwd: root, env, signal, timeLimit, allowFailure: true };
  const { stdout, stderr } = await runProcess(run);
  return { listed: parseListing(stdout), stderr };
}
