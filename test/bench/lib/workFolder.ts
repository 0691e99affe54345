/**
 * Where the benchmarks keep what costs minutes to make: a build cache of their own, so that other builds on the machine
 * neither help nor disturb and its growth can be measured, and what is copied or installed for them.
 */
import { mkdirSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { option } from "./options.js";

/** `--folder=DIR`, else a folder that the next run finds again below the system's temporary one. */
export const workFolder = made(option("folder") ?? path.join(tmpdir(), "escape-lens-bench"));

/** A folder below it, made if need be. */
export function subfolder(name: string): string {
  return made(path.join(workFolder, name));
}

/** As above, with nothing in it. */
export function emptied(name: string): string {
  rmSync(subfolder(name), { recursive: true });
  return subfolder(name);
}

/** Lets all processes that this one starts use a build cache (GOCACHE) of the benchmarks; returns its folder. */
export function useBuildCache(name = "go-build"): string {
  const folder = subfolder(name);
  process.env["GOCACHE"] = folder;
  return folder;
}

function made(folder: string): string {
  mkdirSync(folder, { recursive: true });
  return realpathSync(folder);
}
