/** From a file in the editor to its package and the means to compile it. */
import { existsSync } from "node:fs";
import path from "node:path";
import { BatchEngine } from "../compiler/batchEngine.js";
import type { Engine } from "../compiler/engine.js";
import { folderPattern } from "../go/buildPlan.js";
import { type GoSetup, setUpGo } from "../go/goSetup.js";
import { moduleRoots } from "../go/moduleRoots.js";
import { loadPackages, type PackageGraph } from "../go/packageGraph.js";
import { findPackageRoot, matchListedFile } from "../go/packageRoot.js";
import type { GoPackage } from "../go/packages.js";
import { generalProblem, type GoProblem } from "../go/problems.js";
import { createTemporaryFolder } from "../go/temporary.js";
import { findGo, type GoSearchResult } from "../go/toolchain.js";

/** The settings that decide how a package is built. */
export interface BuildOptions {
  /** Path of the go command as the person wrote it; empty to search for it. */
  readonly path: string;
  /** `go.alternateTools.go` and `go.goroot` of the Go extension; empty when unset. */
  readonly alternateGo: string;
  readonly goroot: string;
  readonly buildFlags: readonly string[];
  readonly buildTags: string;
  readonly env: Readonly<Record<string, string>>;
  readonly pgo: "auto" | "off";
}

export interface LocatedPackage {
  readonly package: GoPackage;
  /** The name under which the asked file is listed: another one where symbolic links lie on its way. */
  readonly listedFile: string;
  readonly engine: Engine;
  /** `go1.26.8`. */
  readonly go: string;
  /** Minor of Go's version; that of an unreadable version is taken for the newest. */
  readonly goMinor: number;
  /** `linux/amd64`. */
  readonly target: string;
  /** Absolute path of the profile that the build uses, or null. */
  readonly pgo: string | null;
  /** Flags of the person that would change the compiler's output, and were left out. */
  readonly dropped: GoSetup["dropped"];
}

export type Location = LocatedPackage | { readonly problem: GoProblem };

/** Go is set up for a folder once, until something that it depends on changes. */
export class GoSetups {
  readonly #setups = new Map<string, ReturnType<typeof setUpGo>>();
  #temporaryFolder: Promise<string> | undefined;

  /** Finds go and asks it about a folder. `root` and `workspaceFolders` are absolute. */
  async of(
    root: string,
    options: BuildOptions,
    workspaceFolders: readonly string[],
  ): Promise<{ readonly setup: GoSetup } | { readonly problem: GoProblem }> {
    const key = JSON.stringify([root, options, workspaceFolders]);
    const known = this.#setups.get(key);
    if (known !== undefined) return known;
    const setup = this.#setUp(root, options, workspaceFolders);
    this.#setups.set(key, setup);
    // Only what went well is kept: a person who installs Go or mends go.mod is not to restart anything.
    const forget = () => this.#setups.delete(key);
    setup.then((answer) => "problem" in answer && forget(), forget);
    return setup;
  }

  /** Forgets everything: settings, go.mod, go.work or the toolchain changed. */
  clear(): void {
    this.#setups.clear();
  }

  async #setUp(
    root: string,
    options: BuildOptions,
    workspaceFolders: readonly string[],
  ): ReturnType<typeof setUpGo> {
    const env = { ...process.env, ...options.env };
    const search = {
      configured: options.path,
      alternate: options.alternateGo,
      goroot: options.goroot,
      workspaceFolders,
      env,
    };
    const found = await findGo(search);
    if ("failure" in found) return { problem: noGo(found) };
    this.#temporaryFolder ??= createTemporaryFolder("go");
    const sources = {
      base: process.env,
      settings: options.env,
      temporaryFolder: await this.#temporaryFolder,
    };
    const build = { buildFlags: options.buildFlags, tags: options.buildTags, pgo: options.pgo };
    // Several requests wait for one setup, so that none of them may cancel it; it has a time limit of its own.
    return setUpGo({ go: found.found.file, root, sources, build }, new AbortController().signal);
  }
}

/** The first line says what is wrong with the setting, where one is used; the others name the places. */
function noGo({ failure, searched }: Exclude<GoSearchResult, { found: unknown }>): GoProblem {
  const places = searched.map((candidate) => candidate.file);
  const faults = {
    "not-found": "no go command in these places:",
    "configured-missing": "the settings name no executable file:",
    "configured-relative": "the settings name a relative path:",
    "configured-in-workspace": "the settings name a file inside the workspace:",
  };
  return generalProblem("no-go", [faults[failure], ...places].join("\n"));
}

export interface LocatorOptions {
  readonly setups: GoSetups;
  readonly parallelism: number;
  workspaceFolders(): readonly string[];
  buildOptionsOf(file: string): Promise<BuildOptions>;
}

export class PackageLocator {
  readonly #options: LocatorOptions;

  constructor(options: LocatorOptions) {
    this.#options = options;
  }

  /** The package of a file (absolute path), or why there is none. Throws as `loadPackages` does. */
  async locate(file: string, signal: AbortSignal): Promise<Location> {
    const folder = path.dirname(file);
    const root = (await findPackageRoot(file)) ?? folder;
    const options = await this.#options.buildOptionsOf(file);
    const answer = await this.#options.setups.of(root, options, this.#options.workspaceFolders());
    if ("problem" in answer) return answer;
    const { setup } = answer;
    const request = { go: setup.go, env: setup.env, root, tests: true, flags: setup.flags };
    const graph = await loadPackages({ ...request, patterns: [folderPattern(root, folder)] }, signal);
    const found = await packageOf(file, graph);
    if ("problem" in found) return found;
    return {
      ...found,
      engine: this.#engine(setup),
      ...describeSetup(setup),
      pgo: profileOf(found.package, options.pgo),
      dropped: setup.dropped,
    };
  }

  /** All packages of a workspace folder (absolute path), nested modules left out, or why there are none. */
  async locateAll(
    folder: string,
    signal: AbortSignal,
  ): Promise<LocatedFolder | { readonly problem: GoProblem }> {
    const options = await this.#options.buildOptionsOf(folder);
    const answer = await this.#options.setups.of(folder, options, this.#options.workspaceFolders());
    if ("problem" in answer) return answer;
    const { setup } = answer;
    const packages: GoPackage[] = [];
    const problems: GoProblem[] = [];
    for (const root of await moduleRoots(folder, setup, signal)) {
      const request = {
        go: setup.go,
        env: setup.env,
        root,
        patterns: ["./..."],
        tests: true,
        flags: setup.flags,
      };
      const graph = await loadPackages(request, signal);
      packages.push(...graph.packages);
      problems.push(...graph.problems);
    }
    const [problem] = problems;
    if (packages.length === 0 && problem !== undefined) return { problem };
    return { packages, engine: this.#engine(setup) };
  }

  #engine({ go, env, flags }: GoSetup): Engine {
    return new BatchEngine({ go, env, flags, parallelism: this.#options.parallelism });
  }
}

/** All packages of a folder, and the engine for them. */
export interface LocatedFolder {
  readonly packages: readonly GoPackage[];
  readonly engine: Engine;
}

/** What people are told about a setup. */
export function describeSetup({ info }: GoSetup): Pick<LocatedPackage, "go" | "goMinor" | "target"> {
  return {
    go: info.versionText,
    goMinor: info.version?.minor ?? Number.MAX_SAFE_INTEGER,
    target: `${info.goos}/${info.goarch}`,
  };
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
