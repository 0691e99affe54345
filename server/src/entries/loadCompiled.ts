/**
 * Loads a program so that what V8 makes of its text is kept in the user's cache folder, which halves the time of a start.
 * Node can do so for what is loaded afterwards only (Node.js documentation, Modules: `node:module` API, Module compile
 * cache): this is why each program has an entry of its own.
 */
import nodeModule, { createRequire } from "node:module";
import path from "node:path";
import { userCacheFolder } from "../cacheFolder.js";

/** Since Node 22.8; the types are those of the oldest Node that is supported. */
interface CompileCache {
  /** Does not throw: what cannot be kept is compiled each time. */
  readonly enableCompileCache?: (folder: string) => unknown;
}

/** `script`: the path of the program from the folder of the entry. */
export function loadCompiled(script: string): void {
  const folder = userCacheFolder();
  const { enableCompileCache } = nodeModule as typeof nodeModule & CompileCache;
  if (folder !== undefined) enableCompileCache?.(path.join(folder, "compiled"));
  createRequire(__filename)(script);
}
