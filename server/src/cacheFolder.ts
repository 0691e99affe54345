/** Where this product keeps what it found, and what Node made of its programs, for the editor and for the command line alike. */
import { homedir } from "node:os";
import path from "node:path";

/** Names another folder (absolute path) for it, such as one that CI keeps between runs; `off`: nothing is kept. */
export const cacheVariable = "ESCAPELENS_CACHE";

/**
 * Absolute path of this product's folder below the user's cache folder, which need not exist, or of the one that the
 * environment names; undefined where nothing is to be kept.
 */
export function userCacheFolder(env: NodeJS.ProcessEnv = process.env): string | undefined {
  const chosen = env[cacheVariable] ?? "";
  if (chosen === "off") return undefined;
  return path.isAbsolute(chosen) ? chosen : path.join(cacheRoot(env), "go-escape-lens");
}

/** As os.UserCacheDir of Go finds it, where the build cache lies as well. */
function cacheRoot(env: NodeJS.ProcessEnv): string {
  if (process.platform === "win32") return env["LocalAppData"] ?? path.join(homedir(), "AppData", "Local");
  if (process.platform === "darwin") return path.join(homedir(), "Library", "Caches");
  const configured = env["XDG_CACHE_HOME"] ?? "";
  return path.isAbsolute(configured) ? configured : path.join(homedir(), ".cache");
}
