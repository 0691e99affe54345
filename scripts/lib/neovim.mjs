// Finds a Neovim for the tests of other editors: one that is installed, else Debian's.
import { spawnSync } from "node:child_process";
import { installFromDebian } from "./debian.mjs";

/** What to do where none is found. */
export const neovimAdvice =
  "Install Neovim 0.7 or newer, so that nvim is on the PATH, or set NEOVIM to its path.";

/** The command that starts Neovim; undefined where there is none. As root on Debian it may be installed. */
export async function findNeovim() {
  const command = process.env["NEOVIM"] || "nvim";
  if (works(command)) return command;
  return (await installFromDebian("neovim", "20 MB")) && works(command) ? command : undefined;
}

function works(command) {
  return spawnSync(command, ["--version"], { stdio: "ignore", timeout: 30_000 }).status === 0;
}
