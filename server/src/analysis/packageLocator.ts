/** From a file in the editor to its package and the means to compile it. */
import { existsSync } from "node:fs";
import path from "node:path";
import type { Engine } from "../compiler/engine.js";
import { folderPattern } from "../go/buildPlan.js";
import type { GoSetup } from "../go/goSetup.js";
import { loadPackages, type PackageGraph } from "../go/packageGraph.js";
import { findPackageRoot, matchListedFile } from "../go/packageRoot.js";
import type { GoPackage } from "../go/packages.js";
import { generalProblem, type GoProblem } from "../go/problems.js";
import { PackageStamp } from "../go/packageStamp.js";
import { remember } from "../go/remember.js";
import { type BuildOptions, describeSetup, type GoSetups, type SetupDescription } from "./goSetups.js";
import { Engines } from "./engines.js";

export interface LocatedPackage extends SetupDescription {
  readonly package: GoPackage;
  /** The name under which the asked file is listed: another one where symbolic links lie on its way. */
  readonly listedFile: string;
  readonly engine: Engine;
  /** Absolute path of the profile that the build uses, or null. */
  readonly pgo: string | null;
  /** Flags of the person that would change the compiler's output, and were left out. */
  readonly dropped: GoSetup["dropped"];
}

export type Location = LocatedPackage | { readonly problem: GoProblem };

export interface LocatorOptions {
  readonly setups: GoSetups;
  readonly parallelism: number;
  workspaceFolders(): readonly string[];
  buildOptionsOf(file: string): Promise<BuildOptions>;
  log(message: string): void;
}

/** What go list said of a folder, for as long as it holds. */
interface ListedFolder {
  readonly setup: GoSetup;
  readonly graph: PackageGraph;
  readonly stamp: PackageStamp;
}

/** Listings are kept for as many folders: those that were asked for last. */
const capacity = 256;

export class PackageLocator {
  readonly #options: LocatorOptions;
  readonly #engines: Engines;
  /** By folder, version of Go and target. */
  readonly #folders = new Map<string, ListedFolder>();

  constructor(options: LocatorOptions) {
    this.#options = options;
    this.#engines = new Engines(options);
  }

  /**
   * The package of a file (absolute path), or why there is none; `change` makes another build than the person's of the
   * settings. Throws as `loadPackages` does.
   */
  async locate(
    file: string,
    signal: AbortSignal,
    change: (options: BuildOptions) => BuildOptions = (options) => options,
  ): Promise<Location> {
    const folder = path.dirname(file);
    const root = findPackageRoot(file) ?? folder;
    const options = change(await this.#options.buildOptionsOf(file));
    const answer = await this.#options.setups.of(root, options, this.#options.workspaceFolders());
    if ("problem" in answer) return answer;
    const { setup } = answer;
    const graph = await this.#list(folder, root, setup, signal);
    const found = await packageOf(file, graph);
    if ("problem" in found) return found;
    return {
      ...found,
      engine: this.#engines.of(setup),
      ...describeSetup(setup),
      pgo: profileOf(found.package, options.pgo),
      dropped: setup.dropped,
    };
  }

  /** What compiles packages with a setup of Go that this has given. */
  engineOf(setup: GoSetup): Engine {
    return this.#engines.of(setup);
  }

  /** How go is set up for a workspace folder (absolute path), or why it cannot be. */
  async setUp(folder: string): Promise<{ readonly setup: GoSetup } | { readonly problem: GoProblem }> {
    const options = await this.#options.buildOptionsOf(folder);
    return await this.#options.setups.of(folder, options, this.#options.workspaceFolders());
  }

  /** Asks go list only when something changed that it looks at: it takes longer than many compiles. */
  async #list(folder: string, root: string, setup: GoSetup, signal: AbortSignal): Promise<PackageGraph> {
    const { go, target } = describeSetup(setup);
    const key = [folder, go, target].join("\0");
    const known = this.#folders.get(key);
    this.#folders.delete(key);
    if (known?.setup === setup && known.stamp.isCurrent()) {
      this.#folders.set(key, known);
      return known.graph;
    }
    // Before go list looks: what changes meanwhile must not be missed.
    const stamp = new PackageStamp(folder, root, setup.info.gowork === "" ? [] : [setup.info.gowork]);
    const request = { go: setup.go, env: setup.env, root, tests: true, flags: setup.flags };
    const graph = await loadPackages({ ...request, patterns: [folderPattern(root, folder)] }, signal);
    // What is wrong may be mended anywhere.
    if (isFaultless(graph)) remember(this.#folders, key, { setup, graph, stamp }, capacity);
    return graph;
  }
}

function isFaultless({ packages, problems }: PackageGraph): boolean {
  const variants = packages.flatMap((each) => each.variants);
  return problems.length === 0 && variants.length > 0 && variants.every(({ error }) => error === null);
}

async function packageOf(
  file: string,
  graph: PackageGraph,
): Promise<{ package: GoPackage; listedFile: string } | { problem: GoProblem }> {
  for (const candidate of graph.packages) {
    const files = candidate.variants.flatMap((variant) => variant.files);
    const listedFile = await matchListedFile(file, files);
    if (listedFile !== undefined) return { package: candidate, listedFile };
  }
  const ignored = graph.packages.flatMap((candidate) => candidate.ignoredFiles);
  if ((await matchListedFile(file, ignored)) !== undefined) {
    return { problem: generalProblem("excluded", `${path.basename(file)}: build constraints exclude it`) };
  }
  return {
    problem:
      graph.problems[0] ?? generalProblem("not-in-workspace", `no package lists ${path.basename(file)}`),
  };
}

/** Go uses `default.pgo` in the folder of a main package (`go help build`, -pgo). */
function profileOf(goPackage: GoPackage, pgo: BuildOptions["pgo"]): string | null {
  const profile = path.join(goPackage.dir, "default.pgo");
  const isMain = goPackage.variants.some((variant) => variant.name === "main");
  return pgo === "auto" && isMain && existsSync(profile) ? profile : null;
}
