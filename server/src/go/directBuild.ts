/** Which builds the compiler can be called for directly; the others need work of the go command before each compile. */
import { existsSync } from "node:fs";
import path from "node:path";
import type { Environment } from "./environment.js";
import { splitGoFlags } from "./buildFlags.js";
import type { PackageVariant } from "./packages.js";

/** The build flags in the order in which they count, the last of a name most: GOFLAGS first (`go help environment`). */
export function effectiveFlags(env: Environment, flags: readonly string[]): string[] {
  return [...splitGoFlags(env["GOFLAGS"] ?? ""), ...flags];
}

/** Why this variant has to be left to the go command, in words for a log; undefined when it has not. */
export function buildObstacle(variant: PackageVariant, flags: readonly string[]): string | undefined {
  const sanitizer = ["race", "msan", "asan"].find((name) => isTrue(valueOf(name, flags)));
  if (sanitizer !== undefined) return `-${sanitizer} changes how everything is compiled`;
  const pgo = valueOf("pgo", flags) ?? "auto";
  if (pgo === "off") return undefined;
  if (pgo !== "auto") return "a profile has to be prepared (-pgo)";
  // The name is fixed (`go help build`, -pgo). That it counts for main packages only is left out: others have none.
  return existsSync(path.join(variant.dir, "default.pgo"))
    ? "a profile has to be prepared (default.pgo)"
    : undefined;
}

/** Absolute paths of the files that take the places of go.mod and go.sum (`go help modules`, -modfile). */
export function modfiles(root: string, flags: readonly string[]): string[] {
  const modfile = valueOf("modfile", flags);
  if (modfile === undefined) return [];
  const file = path.resolve(root, modfile);
  return [file, file.replace(/\.mod$/, ".sum")];
}

/** The value of a flag; empty when it stands alone, undefined when it is not given. */
function valueOf(name: string, flags: readonly string[]): string | undefined {
  const flag = flags.findLast((word) => word === `-${name}` || word.startsWith(`-${name}=`));
  return flag?.slice(name.length + 2);
}

function isTrue(value: string | undefined): boolean {
  return value !== undefined && !["false", "0", "f", "F", "FALSE", "False"].includes(value);
}
