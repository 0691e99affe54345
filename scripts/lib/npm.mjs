import path from "node:path";
import { runChild } from "./children.mjs";

/** Runs npm in a folder and returns nothing; throws when it fails. Its own output shows only errors. */
export async function npm(args, cwd) {
  const status = await runChild(...npmCommand([...args, "--loglevel=error", "--no-audit", "--no-fund"]), {
    cwd,
  });
  if (status !== 0) throw new Error(`npm ${args.join(" ")} failed with status ${status} in ${cwd}`);
}

/** The program and arguments that run npm without a shell where that is possible. */
export function npmCommand(args) {
  // Set by npm itself for the scripts that it runs. Windows cannot start npm.cmd without a shell.
  const script = process.env["npm_execpath"] ?? beside(process.execPath);
  return path.basename(script) === "npm-cli.js" ? [process.execPath, [script, ...args]] : ["npm", args];
}

/** The same for npx, which lies beside npm. */
export function npxCommand(args) {
  const [program, [script, ...rest]] = npmCommand(args);
  const isScript = path.basename(script ?? "") === "npm-cli.js";
  return isScript ? [program, [path.join(path.dirname(script), "npx-cli.js"), ...rest]] : ["npx", args];
}

/** Where Node's own installers put npm on Windows. */
function beside(node) {
  return process.platform === "win32"
    ? path.join(path.dirname(node), "node_modules", "npm", "bin", "npm-cli.js")
    : "npm";
}
