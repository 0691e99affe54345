/** Which parameter takes the value of a site, in the same package or another one, within a time that a person waits. */
import type { ForeignCallees } from "../analysis/foreignCallees.js";
import type { FunctionTable } from "../analysis/functionTable.js";
import type { CompiledPackage, LeakPaths } from "../analysis/leakPaths.js";
import type { PackageLocator } from "../analysis/packageLocator.js";
import { type PassedTo, passedTo } from "../analysis/passedTo.js";
import type { Site } from "../analysis/site.js";
import { unlessAborted } from "../analysis/unlessAborted.js";

/** Milliseconds that somebody waits for what takes a value. */
export interface Patience {
  /** Where that is known, and only its way to the heap is not. */
  readonly own: number;
  /** Where the function is of another package. */
  readonly foreign: number;
}

/** A hover comes at once: what takes longer is ready for the next who asks. Go is asked in tens of milliseconds. */
export const hoverPatience: Patience = { own: 150, foreign: 500 };

/** On a page a person reads all that is known: packages are compiled in that time. */
export const pagePatience: Patience = { own: 10_000, foreign: 10_000 };

/** Never rejects: what cannot be found out in time, or at all, is undefined, or left out of the answer. */
export type TakerOf = (site: Site, patience: Patience) => Promise<PassedTo | undefined>;

export interface TakerSources {
  readonly functions: Pick<FunctionTable, "named">;
  readonly callees: Pick<ForeignCallees, "of">;
  readonly leakPaths: Pick<LeakPaths, "explained">;
  readonly locator: Pick<PackageLocator, "locate" | "engineOf">;
  /** Whether anything may be run. */
  isTrusted(): boolean;
  /** Hears what could not be found out. */
  log(message: string): void;
}

/** Looks into the package first, and then into the sources of others; and how the parameter reaches the heap from there. */
export function takers(sources: TakerSources): TakerOf {
  return async (site, patience) => {
    const own = passedTo(site, (name) => sources.functions.named(site.file, name));
    let found: PassedTo | undefined = own;
    const tell = (taken: PassedTo) => (found = taken);
    const search = own === undefined ? searchAbroad(site, sources, tell) : explainOwn(own, sources, tell);
    const told = search.catch((error: unknown) => {
      const place = `${site.file}:${site.range.start.line + 1}`;
      sources.log(`Not all is known of what takes a value at ${place}: ${String(error)}`);
    });
    const limit = AbortSignal.timeout(own === undefined ? patience.foreign : patience.own);
    await unlessAborted(told, limit).catch(() => undefined);
    return found;
  };
}

async function explainOwn(
  own: PassedTo,
  sources: TakerSources,
  tell: (taken: PassedTo) => void,
): Promise<void> {
  const declaring = await packageOf(own.function.file, sources);
  if (declaring !== undefined) tell(await sources.leakPaths.explained(own, declaring));
}

/** Tells who takes it as soon as that is known, and the rest when it is. */
async function searchAbroad(
  site: Site,
  sources: TakerSources,
  tell: (taken: PassedTo) => void,
): Promise<void> {
  const { callees, leakPaths, locator } = sources;
  const foreign = await callees.of(site);
  if (foreign === undefined) return;
  tell(foreign);
  const { package: variant, setup } = foreign;
  const explained = await leakPaths.explained(foreign, { variant, engine: locator.engineOf(setup) });
  tell(explained);
  if (explained.leakPath !== undefined) return;
  // A generic function is compiled where it is used with a type.
  const calling = await packageOf(site.file, sources);
  if (calling !== undefined) tell(await leakPaths.explained(foreign, calling, variant.files));
}

/** The package of an analyzed file (absolute path); undefined where it cannot be compiled, or nothing may be run. */
async function packageOf(file: string, sources: TakerSources): Promise<CompiledPackage | undefined> {
  if (!sources.isTrusted()) return undefined;
  const located = await sources.locator.locate(file, new AbortController().signal);
  if ("problem" in located) return undefined;
  const { package: goPackage, listedFile, engine } = located;
  const variant = goPackage.variants.find(({ files }) => files.includes(listedFile));
  return variant && { variant, engine };
}
