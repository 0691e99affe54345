// Finds and starts the VS Code that is installed on this desktop.
import { existsSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { runChild } from "./children.mjs";

/** The path of the `code` command of an installed desktop VS Code; undefined when there is none that can show a window. */
export function findDesktopCode(env = process.env, platform = process.platform) {
  if (isRemote(env) || !hasDisplay(env, platform)) return undefined;
  return candidates(env, platform).find((file) => !isRemoteCommand(file) && existsSync(file));
}

/** Opens a window with the extension of `root` under development on `folder`, and returns the command's status. */
export function openDesktopCode(code, { root, folder, trusted, env }) {
  const args = [`--extensionDevelopmentPath=${root}`, "--new-window", folder];
  if (trusted) args.push("--disable-workspace-trust");
  // Chromium's sandbox refuses root, and VS Code asks root for a data folder.
  if (process.getuid?.() === 0)
    args.push("--no-sandbox", "--user-data-dir", path.join(os.tmpdir(), "go-escape-lens-code"));
  return runChild(code, args, { env });
}

/** A terminal inside a remote window: its `code` talks to the other machine, which cannot load a folder of this one. */
function isRemote(env) {
  return (
    Boolean(env["VSCODE_IPC_HOOK_CLI"]) || Boolean(env["SSH_CONNECTION"]) || Boolean(env["WSL_DISTRO_NAME"])
  );
}

/** The command line of VS Code's remote server, and Windows' own `code` seen from WSL. */
function isRemoteCommand(file) {
  return /[\\/]remote-cli[\\/]|[\\/]\.vscode-server|^\/mnt\/[a-z]\//.test(file);
}

function hasDisplay(env, platform) {
  return platform !== "linux" || Boolean(env["DISPLAY"]) || Boolean(env["WAYLAND_DISPLAY"]);
}

function candidates(env, platform) {
  if (platform === "win32") {
    const roots = [
      env["LOCALAPPDATA"] && path.join(env["LOCALAPPDATA"], "Programs"),
      env["ProgramFiles"],
    ].filter(Boolean);
    // The program itself: code.cmd would need a shell.
    return roots.map((root) => path.join(root, "Microsoft VS Code", "Code.exe"));
  }
  const onPath = (env["PATH"] ?? "")
    .split(path.delimiter)
    .filter(Boolean)
    .map((folder) => path.join(folder, "code"));
  return [...onPath, "/Applications/Visual Studio Code.app/Contents/Resources/app/bin/code"];
}
