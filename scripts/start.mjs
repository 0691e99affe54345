// `npm start [-- [--check] [FOLDER]]`: builds the extension and opens a real VS Code with it, on the sample workspace or
// on FOLDER. With --check: in a headless browser, until the first squiggle was seen.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { build, packProducts } from "./lib/build.mjs";
import { browserAdvice, findBrowser } from "./lib/browser.mjs";
import { runChild } from "./lib/children.mjs";
import { ensureDependencies } from "./lib/dependencies.mjs";
import { findDesktopCode, openDesktopCode } from "./lib/desktopCode.mjs";
import { findGo } from "./lib/goCommand.mjs";
import { ensureVSCode, startVSCode } from "./lib/vscodeWeb.mjs";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");
const sample = path.join(root, "test", "sample");

try {
  process.exitCode = await start(process.argv.slice(2));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

async function start(args) {
  const check = args.includes("--check");
  const given = args.find((argument) => !argument.startsWith("-"));
  // npm runs scripts in the package's folder; INIT_CWD is where the person stands.
  const folder = given === undefined ? sample : path.resolve(process.env["INIT_CWD"] ?? ".", given);
  if (!existsSync(folder)) throw new Error(`${folder} does not exist.`);
  const go = findGo();
  console.log(`Go: ${go.version}`);
  await ensureDependencies(root);
  if (check) return checkFirstSquiggle(folder, go.env);
  const code = findDesktopCode();
  return code === undefined ? openInBrowser(folder, go.env) : openOnDesktop(code, folder, go.env);
}

async function openOnDesktop(code, folder, env) {
  await build(root);
  console.log(`Opening ${folder} in ${code} …`);
  return openDesktopCode(code, { root, folder, trusted: folder === sample, env });
}

async function openInBrowser(folder, env) {
  const { vsix } = await packProducts(root);
  const vscode = await ensureVSCode();
  const running = await startVSCode({ vscode, vsix, env, trustPrompt: folder !== sample });
  const url = running.url(folder);
  console.log(`\nVS Code with Go Escape Lens runs at\n\n    ${url}\n`);
  // Where somebody sits elsewhere and forwards one port, the address above leads nowhere.
  console.log(`(through a forwarded port: ${running.origin}, password ${running.password})\n`);
  console.log("Open a Go file there. Ctrl-C ends it.");
  showInBrowser(url);
  await running.ended;
  return 0;
}

/** Opens the page in the person's browser where there is a desktop; elsewhere the address on screen must do. */
function showInBrowser(url) {
  const openers = { darwin: ["open", [url]], win32: ["explorer.exe", [url]] };
  const display = process.env["DISPLAY"] || process.env["WAYLAND_DISPLAY"];
  const opener = openers[process.platform] ?? (display ? ["xdg-open", [url]] : undefined);
  if (opener === undefined) return;
  const child = spawn(opener[0], opener[1], { stdio: "ignore", detached: true });
  child.once("error", () => undefined);
  child.unref();
}

async function checkFirstSquiggle(folder, env) {
  const { vsix } = await packProducts(root);
  await build(root, "--tests");
  const browser = await findBrowser();
  if (browser === undefined) throw new Error(`A browser is needed. ${browserAdvice}`);
  const vscode = await ensureVSCode();
  const endToEnd = JSON.stringify({ vscode, vsix, browser });
  const program = path.join(root, "test", "out", "e2e", "check.mjs");
  return runChild(process.execPath, [program, folder], {
    cwd: root,
    env: { ...env, ESCAPE_LENS_E2E: endToEnd },
  });
}
