/** Go projects in temporary folders, and the go command of this machine. */
import { mkdir, mkdtemp, realpath, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { setUpGo, type GoSetup } from "../../../server/src/go/goSetup.js";
import { loadPackages, type LoadRequest, type PackageGraph } from "../../../server/src/go/packageGraph.js";
import type { GoPackage, PackageVariant } from "../../../server/src/go/packages.js";
import { createTemporaryFolder } from "../../../server/src/go/temporary.js";
import { findGo } from "../../../server/src/go/toolchain.js";

export const noSignal = new AbortController().signal;

/** Absolute path of the go command; fails where there is none, because nothing was tested then. */
export async function goCommand(): Promise<string> {
  const search = { configured: "", alternate: "", goroot: "", workspaceFolders: [], env: process.env };
  const result = await findGo(search);
  if ("found" in result) return result.found.file;
  throw new Error(
    `These tests need Go. Looked for in: ${result.searched.map(({ file }) => file).join(", ")}`,
  );
}

/** Writes files, by path relative to a new folder; gives the folder. Remove it with `removeProjects`. */
export async function makeProject(
  files: Readonly<Record<string, string>>,
  name = "project",
): Promise<string> {
  const parent = await realpath(await mkdtemp(path.join(os.tmpdir(), "go-unit-")));
  made.push(parent);
  const root = path.join(parent, name);
  for (const [file, contents] of Object.entries(files)) {
    const target = path.join(root, file);
    await mkdir(path.dirname(target), { recursive: true });
    await writeFile(target, contents);
  }
  return root;
}

const made: string[] = [];

export async function removeProjects(): Promise<void> {
  for (const folder of made.splice(0)) await rm(folder, { recursive: true, force: true });
}

export interface Options {
  readonly env?: Readonly<Record<string, string>>;
  readonly buildFlags?: readonly string[];
  readonly tags?: string;
}

/** Sets up go for a folder; throws when there is a problem. GOTOOLCHAIN is the machine's own go unless given. */
export async function setUp(root: string, options: Options = {}): Promise<GoSetup> {
  const answer = await trySetUp(root, options);
  if ("setup" in answer) return answer.setup;
  throw new Error(`${answer.problem.code}: ${answer.problem.message}`);
}

export async function trySetUp(root: string, options: Options = {}): ReturnType<typeof setUpGo> {
  const sources = {
    base: process.env,
    settings: { GOTOOLCHAIN: "local", GOFLAGS: "", ...options.env },
    temporaryFolder: createTemporaryFolder("test"),
  };
  const build = { buildFlags: options.buildFlags ?? [], tags: options.tags ?? "", pgo: "auto" };
  return await setUpGo({ go: await goCommand(), root, sources, build }, noSignal);
}

/** Loads packages of a folder, tests included. */
export async function load(
  root: string,
  patterns: readonly string[],
  options: Options & Partial<LoadRequest> = {},
): Promise<PackageGraph> {
  const { go, env, flags } = await setUp(root, options);
  const { overlays, scope, tests = true } = options;
  const request = { go, env, flags, root, patterns, tests };
  return await loadPackages(
    {
      ...request,
      ...(overlays === undefined ? {} : { overlays }),
      ...(scope === undefined ? {} : { scope }),
    },
    noSignal,
  );
}

/** A package in short: its variants' ids with the names of their files. */
export function outline({ variants }: GoPackage): Record<string, string[]> {
  return Object.fromEntries(variants.map((variant) => [variant.id, fileNames(variant)]));
}

export function fileNames({ dir, files }: PackageVariant): string[] {
  return files.map((file) => path.relative(dir, file));
}
