/** gopls, the rival, with its compiler optimization details switched on. */
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";
import { EditorClient } from "./editorClient.js";
import { option } from "./options.js";
import { subfolder } from "./workFolder.js";

/** Its newest version needs this Go to be built; `auto` takes it from the module proxy. */
const toolchain = "go1.27.3+auto";

/**
 * Path of gopls: `--gopls=FILE`, else the newest of the Go module proxy (`--gopls-version=V`), installed into the work
 * folder once.
 */
export function installGopls(): string {
  const given = option("gopls");
  if (given !== undefined) return given;
  const version = option("gopls-version") ?? "latest";
  const bin = subfolder(`gopls-${version}`);
  const file = path.join(bin, process.platform === "win32" ? "gopls.exe" : "gopls");
  if (!existsSync(file)) {
    const env = { ...process.env, GOBIN: bin, GOTOOLCHAIN: toolchain };
    execFileSync("go", ["install", `golang.org/x/tools/gopls@${version}`], { env, stdio: "pipe" });
  }
  return file;
}

/** `v0.24.0` of a gopls. */
export function goplsVersion(file: string): string {
  const text = execFileSync(file, ["version"], { encoding: "utf8" });
  return /\bv\d+\.\d+\.\d+\S*/.exec(text)?.[0] ?? text.trim();
}

/** Starts gopls; `diagnosticsDelay` is a Go duration (its default is 1s). */
export async function startGopls(
  file: string,
  root: string,
  diagnosticsDelay: string,
): Promise<EditorClient> {
  const settings = { diagnosticsDelay, annotations: { bounds: true, escape: true, inline: true, nil: true } };
  return EditorClient.start({
    command: [file, "serve"],
    folders: [root],
    initializationOptions: settings,
    settings: { gopls: settings },
  });
}

/**
 * Switches the details on for the package of an open document, by the command behind the code action
 * `source.toggleCompilerOptDetails` (gopls doc/features/diagnostics.md).
 */
export async function showCompilerDetails(client: EditorClient, uri: string): Promise<void> {
  await client.connection.sendRequest("workspace/executeCommand", {
    command: "gopls.gc_details",
    arguments: [uri],
  });
}
