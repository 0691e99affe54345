import { spawnSync } from "node:child_process";
import path from "node:path";
import { serverOut } from "../../harness/paths.js";

/**
 * The sites that `escapelens check` finds in the packages below a folder (absolute path), as its JSON has them; `env` is
 * added to the environment. Throws with what went wrong where there is no JSON.
 */
export function checkedSites<Site>(dir: string, env: NodeJS.ProcessEnv = {}): Site[] {
  const args = [path.join(serverOut, "cli.js"), "check", "--format=json", "./..."];
  const { stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: dir,
    env: { ...process.env, ...env },
    encoding: "utf8",
    maxBuffer: 2 ** 30,
  });
  if (stdout === "") throw new Error(stderr);
  return (JSON.parse(stdout) as { sites: Site[] }).sites;
}
