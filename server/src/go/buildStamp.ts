/** The stamp of all that packages were listed and compiled from. */
import path from "node:path";
import { splitGoFlags } from "./buildFlags.js";
import { effectiveFlags } from "./directBuild.js";
import { moduleFiles } from "./fileState.js";
import { findOnPath } from "./findOnPath.js";
import type { GoSetup } from "./goSetup.js";
import type { DirectBuild } from "./listedBuild.js";
import { type ProjectStamp, stampSteps } from "./projectStamp.js";

export interface BuildStampRequest {
  /** Absolute folder for which the packages were asked. */
  readonly folder: string;
  readonly patterns: readonly string[];
  readonly setup: GoSetup;
  /** Absolute folders in which the patterns were looked up. */
  readonly roots: readonly string[];
  readonly builds: readonly DirectBuild[];
  /** Of the sources' bytes, by absolute path. */
  readonly hashes: ReadonlyMap<string, string>;
  /** See StampInput. */
  readonly since: number;
}

/**
 * Takes the stamp, step by step; undefined where the files tell too little: outside modules, in the standard library
 * itself, for patterns that are no paths, for packages that other programs than a C compiler have a part in (SWIG,
 * pkg-config), and with a go.mod or profile that a flag names. As Go's own cache, it does not see changes of C libraries
 * and of headers outside the packages (`go help cache`).
 */
export function* buildStampSteps(request: BuildStampRequest): Generator<undefined, ProjectStamp | undefined> {
  const { folder, patterns, setup, roots, builds, hashes, since } = request;
  const { info } = setup;
  const origins = builds.map(({ listing }) => listing.origins);
  if (builds.length === 0 || (info.gomod === "" && info.gowork === "")) return undefined;
  if (effectiveFlags(setup.env, setup.flags).some(namesFile) || isBelow(info.goroot, folder))
    return undefined;
  if (!patterns.every(isPath) || origins.some(({ isElsewhere }) => isElsewhere)) return undefined;
  const isMutable = (file: string) => !isBelow(info.gomodcache, file);
  return yield* stampSteps({
    roots: roots.flatMap((root) => patterns.flatMap((pattern) => wildcardRoot(root, pattern))),
    folders: [folder, ...origins.flatMap(({ folders }) => folders.filter(isMutable))],
    files: [
      ...["go.env", "VERSION"].map((name) => path.join(info.goroot, name)),
      ...(path.isAbsolute(info.goenv) ? [info.goenv] : []),
      ...ancestors(folder).flatMap(moduleFiles),
      ...origins.flatMap(({ goMods }) =>
        goMods.filter(isMutable).flatMap((file) => moduleFiles(path.dirname(file))),
      ),
      ...(info.gowork === "" ? [] : moduleFiles(path.dirname(info.gowork))),
    ],
    programs: [
      setup.go,
      ...builds.map(({ tool }) => tool.file),
      ...(origins.some(({ usesCgo }) => usesCgo) ? cgoPrograms(request) : []),
    ],
    hashes,
    since,
  });
}

/** -pgo=auto and -pgo=off do not. */
function namesFile(flag: string): boolean {
  return /^-(?:modfile=|pgo=(?!(?:auto|off)$))/.test(flag);
}

/** Go's cgo beside its compiler, and the C compiler. */
function cgoPrograms({ builds, setup }: BuildStampRequest): string[] {
  const cgo = builds.map(({ tool: { file } }) => path.join(path.dirname(file), `cgo${path.extname(file)}`));
  // A command line with quotes as in GOFLAGS (cmd/go/internal/work/exec.go, compilerExe), of which the program counts.
  const [compiler = ""] = splitGoFlags(setup.info.cc);
  const searchPath = Object.entries(setup.env).find(([name]) => name.toUpperCase() === "PATH")?.[1] ?? "";
  const found = path.isAbsolute(compiler) ? compiler : findOnPath(compiler, searchPath);
  return found === undefined ? cgo : [...cgo, found];
}

/** Import paths are looked up in more places than one. */
function isPath(pattern: string): boolean {
  return path.isAbsolute(pattern) || /^\.{1,2}(?:$|\/)/.test(pattern);
}

/** Where `...` of a pattern looks: `./a/b...` finds what is below `./a`. */
function wildcardRoot(root: string, pattern: string): string[] {
  const end = pattern.indexOf("...");
  return end < 0 ? [] : [path.resolve(root, pattern.slice(0, end).replace(/[^/]*$/, ""))];
}

function ancestors(folder: string): string[] {
  const parent = path.dirname(folder);
  return parent === folder ? [folder] : [folder, ...ancestors(parent)];
}

function isBelow(folder: string, file: string): boolean {
  if (folder === "") return false;
  const relative = path.relative(folder, file);
  return !relative.startsWith("..") && !path.isAbsolute(relative);
}
