/** The stamp of all that a toolchain's packages were analyzed from. */
import path from "node:path";
import { moduleFiles } from "../go/fileState.js";
import { type ProjectStamp, takeStamp } from "../go/projectStamp.js";
import type { Toolchain } from "./toolchain.js";

export interface StampRequest {
  /** Absolute folder in which the command was called. */
  readonly folder: string;
  readonly patterns: readonly string[];
  readonly toolchain: Toolchain;
  /** Of the sources' bytes, by absolute path. */
  readonly hashes: ReadonlyMap<string, string>;
  /** See StampInput. */
  readonly since: number;
}

/**
 * Undefined where the files tell too little: outside modules, in the standard library itself, for cgo outside of the
 * module cache, for patterns that are no paths, for variants that only the go command can build, and with a go.mod or
 * profile that a flag names.
 */
export function toolchainStamp(request: StampRequest): ProjectStamp | undefined {
  const { folder, patterns, toolchain, hashes, since } = request;
  const { roots, builds, setup } = toolchain;
  const { info } = setup;
  const flags = [setup.env["GOFLAGS"] ?? "", ...setup.flags].join(" ");
  if (builds.length === 0 || (info.gomod === "" && info.gowork === "")) return undefined;
  if (/-(?:modfile|pgo)=(?!auto\b|off\b)/.test(flags) || isBelow(info.goroot, folder)) return undefined;
  if (!patterns.every(isPath) || !builds.every(isPlain)) return undefined;
  const origins = builds.map(({ listing }) => listing.origins);
  const isMutable = (file: string) => !isBelow(info.gomodcache, file);
  if (origins.some(({ cgoFolders }) => cgoFolders.some(isMutable))) return undefined;
  return takeStamp({
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
    programs: [setup.go, ...builds.map(({ tool }) => tool.file)],
    hashes,
    since,
  });
}

/** Import paths are looked up in more places than one. */
function isPath(pattern: string): boolean {
  return path.isAbsolute(pattern) || /^\.{1,2}(?:$|\/)/.test(pattern);
}

function isPlain({ listing }: Toolchain["builds"][number]): boolean {
  return [...listing.plans.values()].every((outcome) => "plan" in outcome);
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
