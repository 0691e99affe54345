import { homedir } from "node:os";
import path from "node:path";

/**
 * Absolute path of this product's folder below the user's cache folder, which need not exist; another one where the
 * environment says so (`GO_ESCAPE_LENS_CACHE`, an absolute path), as for tests and CI machines.
 */
export function userCacheFolder(env: NodeJS.ProcessEnv = process.env): string {
  const chosen = env["GO_ESCAPE_LENS_CACHE"] ?? "";
  if (path.isAbsolute(chosen)) return chosen;
  return path.join(cacheRoot(env), "go-escape-lens");
}

/** As os.UserCacheDir of Go finds it, where the build cache lies as well. */
function cacheRoot(env: NodeJS.ProcessEnv): string {
  if (process.platform === "win32") return env["LocalAppData"] ?? path.join(homedir(), "AppData", "Local");
  if (process.platform === "darwin") return path.join(homedir(), "Library", "Caches");
  const configured = env["XDG_CACHE_HOME"] ?? "";
  return path.isAbsolute(configured) ? configured : path.join(homedir(), ".cache");
}
