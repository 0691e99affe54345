/**
 * Says whether a recorded plan still holds. The check comes before every compile, so it asks the file system only, and
 * synchronously: a thousand files take some milliseconds that way, and many times that as promises.
 */
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { isGenerated, type CompilePlan } from "./compilePlan.js";
import { goFileNames, moduleFiles, stateOf } from "./fileState.js";
import type { ListedPackage } from "./listOutput.js";
import type { Overlays, PackageVariant } from "./packages.js";
import { sourceFiles } from "./planRecorder.js";
import { headerKey, readSourceHeader } from "./sourceHeader.js";

export interface PlanStampInput {
  readonly variant: PackageVariant;
  readonly overlays: Overlays;
  readonly plan: CompilePlan | undefined;
  readonly dependencies: readonly ListedPackage[];
  /** Absolute path of the folder where packages never change. */
  readonly moduleCache: string;
  /** Absolute paths of more files that plans depend on: the compiler, go.work. */
  readonly watched: readonly string[];
}

interface FileHeader {
  /** State of the file on disk when its header was read. */
  state: string;
  /** headerKey of the text that the plan was made for. */
  readonly key: string;
}

export class PlanStamp {
  readonly #requested: string;
  readonly #dir: string;
  readonly #dirNames: string;
  #dirState: string;
  readonly #headers = new Map<string, FileHeader>();
  /** States by absolute path: what has to stay just as it is. */
  readonly #states = new Map<string, string>();
  /** Export data in Go's build cache, which removes what was not used for days and touches what was. */
  readonly #exports: readonly string[];
  readonly #importable: ReadonlySet<string>;

  /** Takes the state of everything that the plan was made from. */
  constructor(input: PlanStampInput) {
    const { variant, overlays, plan } = input;
    this.#requested = requestKey(variant);
    this.#dir = variant.dir;
    this.#dirState = stateOf(variant.dir);
    this.#dirNames = goFileNames(variant.dir);
    this.#importable = new Set([...(plan?.exports.keys() ?? []), ...(plan?.importMap.keys() ?? [])]);
    for (const file of variant.files) {
      this.#headers.set(file, {
        state: stateOf(file),
        key: headerKey(readSourceHeader(textOf(file, overlays))),
      });
    }
    const files = [
      ...input.watched,
      ...moduleFiles(variant.root),
      ...goMods(input.dependencies),
      ...input.dependencies.filter((listed) => isMutable(listed, input)).flatMap(filesOf),
      ...(plan?.cgoFiles ?? []),
    ];
    this.#exports = [...(plan?.exports.values() ?? []), ...(plan?.sources.filter(isGenerated) ?? [])];
    for (const file of files) this.#states.set(file, stateOf(file));
  }

  /** Why the plan no longer holds for these contents, in words for a log; undefined while it does. */
  staleReason(variant: PackageVariant, overlays: Overlays): string | undefined {
    if (requestKey(variant) !== this.#requested) return "its files are others";
    for (const [file, state] of this.#states) if (stateOf(file) !== state) return `${file} changed`;
    if (!this.#exports.every((file) => existsSync(file))) return "Go's build cache was emptied";
    if (!this.#hasSameNames()) return "a file came or went";
    for (const [file, header] of this.#headers) {
      if (!this.#hasSameHeader(file, header, overlays)) return `imports or constraints of ${file} changed`;
    }
    return undefined;
  }

  /** Whether the plan was made from the package in this folder (absolute path), another one than its own. */
  dependsOn(dir: string): boolean {
    return dir !== this.#dir && this.#states.has(dir);
  }

  /** Many editors save by renaming, which changes the folder but not the names in it. */
  #hasSameNames(): boolean {
    const state = stateOf(this.#dir);
    if (state === this.#dirState) return true;
    if (goFileNames(this.#dir) !== this.#dirNames) return false;
    this.#dirState = state;
    return true;
  }

  #hasSameHeader(file: string, known: FileHeader, overlays: Overlays): boolean {
    const overlay = overlays.get(file);
    const state = stateOf(file);
    if (overlay === undefined && state === known.state) return true;
    const header = readSourceHeader(overlay ?? textOf(file, overlays));
    // While a head is being typed nothing can be looked up by it; the compiler says what is wrong with it.
    const isSame = !header.complete || headerKey(this.#withoutKnown(header, known.key)) === known.key;
    if (isSame && overlay === undefined) known.state = state;
    return isSame;
  }

  /** Passes over imports that came or went, as far as the plan has their packages. */
  #withoutKnown(
    header: ReturnType<typeof readSourceHeader>,
    recorded: string,
  ): ReturnType<typeof readSourceHeader> {
    const before = (JSON.parse(recorded) as [string, string[], string[], string[]])[2];
    const added = header.imports.filter((name) => !before.includes(name));
    const canStay = added.every((name) => name === "unsafe" || this.#importable.has(name));
    return canStay && !before.includes("C") ? { ...header, imports: before } : header;
  }
}

function textOf(file: string, overlays: Overlays): string {
  const overlay = overlays.get(file);
  if (overlay !== undefined) return overlay;
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}

function requestKey(variant: PackageVariant): string {
  return [variant.root, ...variant.files].join("\n");
}

function goMods(dependencies: readonly ListedPackage[]): Set<string> {
  return new Set(dependencies.flatMap(({ Module }) => (Module?.GoMod === undefined ? [] : [Module.GoMod])));
}

function isMutable(listed: ListedPackage, { variant, moduleCache }: PlanStampInput): boolean {
  if (listed.Standard === true || listed.Dir === undefined) return false;
  // An external test depends on the package in its own folder.
  if (listed.Dir === variant.dir) return variant.forTest !== null && variant.importPath !== variant.forTest;
  return moduleCache === "" || path.relative(moduleCache, listed.Dir).startsWith("..");
}

function filesOf(listed: ListedPackage): string[] {
  return [listed.Dir ?? "", ...sourceFiles(listed)];
}
