import { rmSync } from "node:fs";
import { cp, mkdir, mkdtemp, readdir, realpath } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { type Browser, chromium } from "playwright-core";
import { processIds } from "../harness/processes.js";
import { startVSCode } from "../../scripts/lib/vscodeWeb.mjs";
import { provisions } from "./provisions.js";
import { Workbench } from "./workbench.js";

export interface SessionOptions {
  /** The folder to open; a copy of it is opened, unless `inPlace`. */
  readonly folder: string;
  readonly inPlace?: boolean;
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly env?: NodeJS.ProcessEnv;
  /** Absolute paths of .vsix files of other extensions. */
  readonly neighbors?: readonly string[];
  /** What the person speaks; VS Code's own words stay English, because it has no language pack. */
  readonly language?: "en" | "zh-cn";
  /** A file in the folder that names the folders to open, instead of the folder itself. */
  readonly workspaceFile?: string;
  /** True leaves the question whether the folder is trusted to the person. */
  readonly trustPrompt?: boolean;
}

/** A real VS Code with the extension, in a headless browser. */
export interface Session {
  readonly workbench: Workbench;
  /** The folder that is open. */
  readonly folder: string;
  /** The person's settings.json. */
  readonly settingsFile: string;
  /** The language server's program as it is installed. */
  readonly serverFile: string;
  /** Kills the language server as the system would, at once; says whether there was one. */
  killServer(): boolean;
  /** Ends everything and removes what was written. */
  close(): Promise<void>;
}

/** Looks settled rather than real: no blinking, no animation, no popups that come by themselves. */
const steady = {
  "editor.cursorBlinking": "solid",
  "editor.minimap.enabled": false,
  "editor.stickyScroll.enabled": false,
  "editor.occurrencesHighlight": "off",
  "editor.selectionHighlight": false,
  "editor.hover.delay": 100,
  "workbench.reduceMotion": "on",
  "files.autoSave": "off",
  // What is inserted is meant as it is.
  "editor.autoClosingBrackets": "never",
  "editor.autoSurround": "never",
  "workbench.editor.useModal": "off",
};

/** Those that are open, for whoever asks why a test failed. */
const open = new Set<Workbench>();

// Only tests have hooks; the programs that take pictures have none.
if (typeof afterEach === "function")
  afterEach(async function () {
    if (this.currentTest?.state !== "failed") return;
    for (const workbench of open) await workbench.tellFailure(this.currentTest.fullTitle());
  });

/** Starts VS Code, opens the folder in the browser and waits for the workbench. */
export async function openSession(options: SessionOptions): Promise<Session> {
  const { vscode, vsix, browser: program } = provisions();
  const folder = options.inPlace === true ? options.folder : await copyOf(options.folder);
  const removeCopy = (): void => {
    if (folder !== options.folder) rmSync(path.dirname(folder), { recursive: true, force: true });
  };
  // For a run that is interrupted.
  process.once("exit", removeCopy);
  const settings = { ...steady, ...options.settings };
  const { env = process.env, trustPrompt = false, neighbors = [], language = "en", workspaceFile } = options;
  const running = await startVSCode({ vscode, vsix, neighbors, settings, env, trustPrompt });
  let browser: Browser | undefined;
  let workbench: Workbench | undefined;
  const close = async (): Promise<void> => {
    if (workbench !== undefined) open.delete(workbench);
    await browser?.close();
    await running.stop();
    process.off("exit", removeCopy);
    removeCopy();
  };
  try {
    browser = await launchBrowser(program);
    const page = await browser.newPage({ viewport: { width: 1280, height: 860 }, deviceScaleFactor: 2 });
    if (language !== "en") await page.addInitScript(pretendLanguage, language);
    await page.goto(running.url(workspaceFile === undefined ? folder : path.join(folder, workspaceFile)));
    workbench = new Workbench(page);
    open.add(workbench);
    await workbench.ready();
    const { settingsFile, extensions } = running;
    const serverFile = await installedServer(extensions);
    const killed = new Set<number>();
    const kill = () => killServer(serverFile, killed);
    return { workbench, folder, settingsFile, serverFile, killServer: kill, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** VS Code installs an extension into a folder that is named after its identifier and version. */
async function installedServer(extensions: string): Promise<string> {
  const names = await readdir(extensions);
  const name = names.find((each) => each.startsWith("go-escape-lens.go-escape-lens-"));
  if (name === undefined) throw new Error(`The extension is not installed: ${names.join(", ")}`);
  return path.join(extensions, name, "server", "out", "server.js");
}

/** Kills the server that runs this program; one that was killed may be listed for a moment, and counts once. */
function killServer(program: string, killed: Set<number>): boolean {
  const ids = processIds(program, "--stdio").filter((id) => !killed.has(id));
  for (const id of ids) {
    killed.add(id);
    process.kill(id, "SIGKILL");
  }
  return ids.length > 0;
}

/** Runs in the page, before VS Code: what its language pack would set (vs/nls.ts, getNLSLanguage). */
function pretendLanguage(language: string): void {
  Object.defineProperty(globalThis, "_VSCODE_NLS_LANGUAGE", { get: () => language, set: () => undefined });
}

/** Starts the browser without a window. */
export async function launchBrowser({
  executable,
  variables,
}: ReturnType<typeof provisions>["browser"]): Promise<Browser> {
  const quiet = ["--no-first-run", "--disable-background-networking", "--disable-component-update"];
  return chromium.launch({
    executablePath: executable,
    env: { ...(process.env as Record<string, string>), ...variables },
    // Chromium's sandbox refuses root, who runs the tests in containers.
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-sync", ...quiet],
  });
}

/** A copy under its own name in a temporary folder, so that a test may edit and save. */
async function copyOf(folder: string): Promise<string> {
  const parent = await mkdtemp(path.join(await realpath(os.tmpdir()), "go-escape-lens-e2e-"));
  const copy = path.join(parent, path.basename(folder));
  await mkdir(copy);
  await cp(folder, copy, { recursive: true });
  return copy;
}
