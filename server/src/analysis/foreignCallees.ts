/** Finds functions of other packages in their sources, for whoever asks what takes a value: nothing is read before. */
import path from "node:path";
import type { GoSetup } from "../go/goSetup.js";
import { stateOf } from "../go/fileState.js";
import { importedPackages, type ImportedPackage } from "../go/importedPackages.js";
import { findPackageRoot } from "../go/packageRoot.js";
import type { PackageVariant } from "../go/packages.js";
import { remember } from "../go/remember.js";
import { readSourceHeader } from "../go/sourceHeader.js";
import { SourceText } from "../syntax/sourceText.js";
import { type FunctionInfo, functionsOfFile } from "./functionInfo.js";
import type { FunctionTable } from "./functionTable.js";
import { isCalledOn, lastCall, type PassedTo, passedTo } from "./passedTo.js";
import type { Site } from "./site.js";

export interface ForeignCalleesOptions {
  /** What is known of analyzed packages: their functions are taken from there, with what leaks. */
  readonly functions: Pick<FunctionTable, "of">;
  /** Go for the folder of a module (absolute path); undefined where nothing may be run. */
  setupOf(root: string): Promise<GoSetup | undefined>;
  /** The present text of a file (absolute path). Rejects when there is none. */
  readText(file: string): Promise<string>;
}

type AskedSite = Pick<Site, "file" | "flow" | "expression" | "reason" | "callee">;

interface FoundFunction {
  readonly file: string;
  /** Of the file, when it was read. */
  readonly state: string;
  readonly info: FunctionInfo;
}

/** A parameter of another package's function. */
export interface PassedAbroad extends PassedTo {
  /** The package, as the module of the caller sees it. */
  readonly package: PackageVariant;
  readonly setup: GoSetup;
}

/** Functions are kept for as many callees: those that were found last. */
const capacity = 256;

export class ForeignCallees {
  readonly #options: ForeignCalleesOptions;
  /** What go list said, by root and patterns, for as long as go is set up the same. */
  readonly #listed = new WeakMap<GoSetup, Map<string, Promise<readonly ImportedPackage[]>>>();
  /** By the package's first file and the name. */
  readonly #found = new Map<string, FoundFunction>();

  constructor(options: ForeignCalleesOptions) {
    this.#options = options;
  }

  /**
   * The function of another package and its parameter that the last call of the site's flow passes the value in, under
   * the name that the source or the flow has for it; undefined where there is none, or its source is not at hand. Throws
   * GoCommandError, SourceTooLargeError, and errors of the file system.
   */
  async of(site: AskedSite): Promise<PassedAbroad | undefined> {
    const call = lastCall(site);
    const callingFile = site.flow.at(-1)?.file ?? site.file;
    const qualified = call && splitQualified(call.name);
    if (call === undefined || qualified === undefined) return undefined;
    // Of a method of an interface the receiver may be called as a package is.
    if (site.reason === "unknown-callee" || isCalledOn(site)) return undefined;
    const root = findPackageRoot(site.file) ?? path.dirname(site.file);
    const setup = await this.#options.setupOf(root);
    if (setup === undefined) return undefined;
    for (const seen of await this.#packagesSeenFrom(callingFile, site.file, root, setup)) {
      if (seen.name !== qualified.packageName) continue;
      const info = await this.function(seen.files, qualified.name);
      if (info === undefined) continue;
      const passed = passedTo(site, () => ({ ...info, name: sourceName(call.name, site) }));
      return passed && { ...passed, package: plainVariant(seen, root), setup };
    }
    return undefined;
  }

  /**
   * A function of the package with these files (absolute paths), by its name as the compiler writes it within its package;
   * undefined where none declares it. Rejects as `of` does.
   */
  async function(files: readonly string[], name: string): Promise<FunctionInfo | undefined> {
    const key = `${files[0] ?? ""}\0${name}`;
    const known = this.#found.get(key);
    this.#found.delete(key);
    const found = known !== undefined && stateOf(known.file) === known.state ? known : undefined;
    const current = found ?? (await this.#search(files, name));
    if (current === undefined) return undefined;
    remember(this.#found, key, current, capacity);
    return this.#options.functions.of(current.file).find((each) => each.name === name) ?? current.info;
  }

  /** The packages that the file of the call imports, and its own, since inlined functions call that by its name, too. */
  async #packagesSeenFrom(
    callingFile: string,
    ownFile: string,
    root: string,
    setup: GoSetup,
  ): Promise<readonly ImportedPackage[]> {
    const { imports } = readSourceHeader(await this.#options.readText(callingFile));
    const paths = imports.filter((each) => each !== "C" && each !== "unsafe");
    const own = path.dirname(callingFile) === path.dirname(ownFile) ? [] : [path.dirname(callingFile)];
    return await this.#list(setup, root, [...paths, ...own]);
  }

  async #list(
    setup: GoSetup,
    root: string,
    patterns: readonly string[],
  ): Promise<readonly ImportedPackage[]> {
    const lists = this.#listed.get(setup) ?? new Map<string, Promise<readonly ImportedPackage[]>>();
    this.#listed.set(setup, lists);
    const key = [root, ...patterns].join("\0");
    const known = lists.get(key);
    if (known !== undefined) return await known;
    // It serves all who ask, so that none of them may end it.
    const listing = importedPackages(setup, root, patterns, new AbortController().signal);
    lists.set(key, listing);
    listing.catch(() => lists.delete(key));
    return await listing;
  }

  /** Only the file that declares it is parsed. */
  async #search(files: readonly string[], name: string): Promise<FoundFunction | undefined> {
    const declaration = new RegExp(`^func\\s*(?:\\([^)]*\\)\\s*)?${name.replace(/^.*\./, "")}\\s*[[(]`, "m");
    for (const file of files) {
      const state = stateOf(file);
      const text = await this.#options.readText(file);
      if (!declaration.test(text)) continue;
      const source = new SourceText(text);
      const functions = functionsOfFile({ file, source, facts: { inlining: [], leaks: [] } });
      const info = functions.find((each) => each.name === name);
      if (info !== undefined) return { file, state, info };
    }
    return undefined;
  }
}

/** The package without its tests, for a compile in the module of the caller. */
function plainVariant({ importPath, name, dir, files }: ImportedPackage, root: string): PackageVariant {
  const unknown = { forTest: null, goVersion: null, actionId: null, error: null };
  return { id: importPath, importPath, name, dir, files, root, ...unknown };
}

/** With the file's own name for the package, where the flow's call is that of the source. */
function sourceName(printed: string, { callee }: Pick<Site, "callee">): string {
  const ofPackage = /^\w+(\.\w+)$/;
  const name = ofPackage.exec(printed)?.[1];
  return callee !== null && name !== undefined && ofPackage.exec(callee)?.[1] === name ? callee : printed;
}

/** `json` and `(*Decoder).Decode` of `(*json.Decoder).Decode`; undefined for a function of the own package. */
function splitQualified(printed: string): { packageName: string; name: string } | undefined {
  const match = /^(\(\*?)?(\w+)\.([\w(].*)$/.exec(printed);
  if (match === null) return undefined;
  const [, receiver = "", packageName = "", rest = ""] = match;
  return { packageName, name: `${receiver}${rest}` };
}
