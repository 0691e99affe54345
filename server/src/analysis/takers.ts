/** Which parameter takes the value of a site, in the same package or another one, within a time that a person waits. */
import { ForeignCallees, type PassedAbroad } from "./foreignCallees.js";
import type { FunctionTable } from "./functionTable.js";
import { type CompiledPackage, LeakPaths, type LeakPathsOptions } from "./leakPaths.js";
import type { PackageLocator } from "./packageLocator.js";
import { type PassedTo, passedTo } from "./passedTo.js";
import type { Site } from "./site.js";
import { unlessAborted } from "./unlessAborted.js";

/** Milliseconds that somebody waits; what takes longer is ready for the next who asks. */
export interface Patience {
  /** For what takes a value, where that is another package's: go is asked in tens of them. */
  readonly taker: number;
  /** From then on, for the way of the parameter to the heap: packages are compiled in some hundreds of them. */
  readonly way: number;
}

/** A hover comes at once. */
export const hoverPatience: Patience = { taker: 500, way: 150 };

/** On a page a person reads all that is known. */
export const pagePatience: Patience = { taker: 10_000, way: 10_000 };

/** Never rejects: what cannot be found out in time, or at all, is undefined, or left out of the answer. */
export type TakerOf = (site: Site, patience: Patience) => Promise<PassedTo | undefined>;

export interface TakerSources {
  readonly functions: Pick<FunctionTable, "named">;
  readonly callees: Pick<ForeignCallees, "of">;
  readonly leakPaths: Pick<LeakPaths, "explained">;
  readonly locator: Pick<PackageLocator, "locate" | "engineOf">;
  /** Whether anything may be run. */
  readonly isTrusted: () => boolean;
  /** Hears what could not be found out. */
  readonly log: (message: string) => void;
}

interface Surroundings
  extends Pick<TakerSources, "isTrusted" | "log">, Pick<LeakPathsOptions, "openFiles" | "readText"> {
  readonly locator: Pick<PackageLocator, "locate" | "engineOf" | "setUp">;
  /** What is known of analyzed packages. */
  readonly functions: FunctionTable;
}

/** Where to look; whoever ends stops the leak paths. */
export function takerSources(surroundings: Surroundings): TakerSources & { readonly leakPaths: LeakPaths } {
  const { locator, functions, openFiles, readText, isTrusted, log } = surroundings;
  const callees = new ForeignCallees({
    functions,
    setupOf: async (root) => {
      const answer = isTrusted() ? await locator.setUp(root) : undefined;
      return answer !== undefined && "setup" in answer ? answer.setup : undefined;
    },
    readText,
  });
  const leakPaths = new LeakPaths({
    openFiles,
    readText,
    function: (files, name) => callees.function(files, name),
  });
  return { functions, callees, leakPaths, locator, isTrusted, log };
}

/** Looks into the package first, and then into the sources of others; and how the parameter reaches the heap from there. */
export function takers(sources: TakerSources): TakerOf {
  return async (site, patience) => {
    const log = (error: unknown) => {
      const place = `${site.file}:${site.range.start.line + 1}`;
      sources.log(`Not all is known of what takes a value at ${place}: ${String(error)}`);
      return undefined;
    };
    const own = passedTo(site, (name) => sources.functions.named(site.file, name));
    const foreign = own === undefined ? sources.callees.of(site).catch(log) : Promise.resolve(undefined);
    // Nobody who gives up ends this: the next one has it then.
    const explained = foreign
      .then((found) =>
        found === undefined ? own && explainOwn(own, sources) : explainForeign(site, found, sources),
      )
      .catch(log);
    const taker = own ?? (await within(patience.taker, foreign));
    return taker && ((await within(patience.way, explained)) ?? taker);
  };
}

/** The same for several sites at once. */
export async function takersOf(
  sites: readonly Site[],
  takerOf: TakerOf,
  patience: Patience,
): Promise<ReadonlyMap<Site, PassedTo | undefined>> {
  const found = sites.map(async (site) => [site, await takerOf(site, patience)] as const);
  return new Map(await Promise.all(found));
}

async function explainOwn(own: PassedTo, sources: TakerSources): Promise<PassedTo> {
  const declaring = await packageOf(own.function.file, sources);
  return declaring === undefined ? own : await sources.leakPaths.explained(own, declaring);
}

async function explainForeign(site: Site, foreign: PassedAbroad, sources: TakerSources): Promise<PassedTo> {
  const { leakPaths, locator } = sources;
  const { package: variant, setup } = foreign;
  const explained = await leakPaths.explained(foreign, { variant, engine: locator.engineOf(setup) });
  if (explained.leakPath !== undefined) return explained;
  // A generic function is compiled where it is used with a type.
  const calling = await packageOf(site.file, sources);
  return calling === undefined ? foreign : await leakPaths.explained(foreign, calling, variant.files);
}

async function within<T>(milliseconds: number, answer: Promise<T>): Promise<T | undefined> {
  return await unlessAborted(answer, AbortSignal.timeout(milliseconds)).catch(() => undefined);
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
