/** Finds functions of other packages in their sources, for whoever asks what takes a value: nothing is read before. */
import path from "node:path";
import type { GoSetup } from "../go/goSetup.js";
import { stateOf } from "../go/fileState.js";
import { importedPackages, type ImportedPackage } from "../go/importedPackages.js";
import { findPackageRoot } from "../go/packageRoot.js";
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
  async of(site: AskedSite): Promise<PassedTo | undefined> {
    const call = lastCall(site);
    const callingFile = site.flow.at(-1)?.file ?? site.file;
    const qualified = call && splitQualified(call.name);
    if (call === undefined || qualified === undefined) return undefined;
    // Of a method of an interface the receiver may be called as a package is.
    if (site.reason === "unknown-callee" || isCalledOn(site)) return undefined;
    for (const { name, files } of await this.#packagesSeenFrom(callingFile, site.file)) {
      if (name !== qualified.packageName) continue;
      const info = await this.#function(files, qualified.name);
      if (info !== undefined) return passedTo(site, () => ({ ...info, name: sourceName(call.name, site) }));
    }
    return undefined;
  }

  /** The packages that the file of the call imports, and its own, since inlined functions call that by its name, too. */
  async #packagesSeenFrom(callingFile: string, ownFile: string): Promise<readonly ImportedPackage[]> {
    const root = findPackageRoot(ownFile) ?? path.dirname(ownFile);
    const setup = await this.#options.setupOf(root);
    if (setup === undefined) return [];
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

  async #function(files: readonly string[], name: string): Promise<FunctionInfo | undefined> {
    const key = `${files[0] ?? ""}\0${name}`;
    const known = this.#found.get(key);
    this.#found.delete(key);
    const found = known !== undefined && stateOf(known.file) === known.state ? known : undefined;
    const current = found ?? (await this.#search(files, name));
    if (current === undefined) return undefined;
    remember(this.#found, key, current, capacity);
    return this.#options.functions.of(current.file).find((each) => each.name === name) ?? current.info;
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
