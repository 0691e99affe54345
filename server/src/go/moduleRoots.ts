import path from "node:path";
import { type GoSetup, listMainModules } from "./goSetup.js";
import { findPackageRoot } from "./packageRoot.js";

/**
 * The folders in which `./...` names all packages of a folder: itself, or, for the folder of a go.work that is no module,
 * all its modules, because `./...` finds nothing there. Rejects as `listMainModules` does.
 */
export async function moduleRoots(folder: string, setup: GoSetup, signal: AbortSignal): Promise<string[]> {
  const isInModule = findPackageRoot(path.join(folder, "any.go")) !== null;
  if (isInModule || setup.info.gowork === "") return [folder];
  return (await listMainModules(setup, folder, signal)).map((module) => module.dir);
}
