/**
 * A go.work in the place of the person's. In workspace mode the go command writes go.work.sum beside go.work whenever
 * it meets a module whose sum it lacks, even with -mod=readonly (cmd/go/internal/modload/init.go, commitRequirements).
 * So it is given a copy in a temporary folder, with absolute paths.
 */
import { randomUUID } from "node:crypto";
import { mkdir, readFile, rename, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import type { Environment } from "./environment.js";
import { runProcess } from "./process.js";

/** `go help work edit`, -json; the parts that hold paths. (It leaves out toolchain and godebug lines.) */
interface WorkFile {
  readonly Use?: readonly { readonly DiskPath: string }[] | null;
  readonly Replace?: readonly { readonly Old: ModuleVersion; readonly New: ModuleVersion }[] | null;
}

interface ModuleVersion {
  readonly Path: string;
  readonly Version?: string;
}

const timeLimit = 60_000;

/**
 * Makes the copy of a go.work, and of its go.work.sum, in `folder` and returns its absolute path; undefined when the
 * person's own file can be used: with a vendor folder go looks for that beside go.work, and needs no sums.
 *
 * @param workFile Absolute path of the person's go.work (`go env GOWORK`).
 * @param folder A temporary folder, the same one for each go.work; a copy in it is reused while it is up to date.
 * @throws GoCommandError when go.work has mistakes, AbortError, and the file system's errors.
 */
export async function copyWorkFile(
  go: string,
  workFile: string,
  folder: string,
  env: Environment,
  signal: AbortSignal,
): Promise<string | undefined> {
  const home = path.dirname(workFile);
  if (await exists(path.join(home, "vendor", "modules.txt"))) return undefined;
  await mkdir(folder, { recursive: true });
  await refresh(folder, "go.work", await readFile(workFile, "utf8"), async (copy) => {
    const edit = async (...args: string[]): Promise<string> => {
      const command = { file: go, args: ["work", "edit", ...args], cwd: home, env, signal, timeLimit };
      return (await runProcess(command)).stdout;
    };
    // The person's own file is read, so that mistakes are reported where they are.
    const edits = absolutePathEdits(JSON.parse(await edit("-json", workFile)) as WorkFile, home);
    if (edits.length > 0) await edit(...edits, copy);
  });
  // What go has added to the copy stays until the person's file changes.
  const sums = await readFile(path.join(home, "go.work.sum"), "utf8").catch(() => undefined);
  if (sums !== undefined) await refresh(folder, "go.work.sum", sums);
  return path.join(folder, "go.work");
}

/**
 * Brings the copy of a file up to date when the original has changed. The new copy is made under a name of its own and
 * takes the old one's place in one step: other go commands may be reading that, and other calls be making the same.
 */
async function refresh(
  folder: string,
  name: string,
  original: string,
  edit?: (copy: string) => Promise<void>,
): Promise<void> {
  const seen = path.join(folder, `${name}.original`);
  if ((await readFile(seen, "utf8").catch(() => undefined)) === original) return;
  const next = path.join(folder, `${randomUUID()}.${name}`);
  await writeFile(next, original);
  await edit?.(next);
  await rename(next, path.join(folder, name));
  const nextSeen = `${next}.original`;
  await writeFile(nextSeen, original);
  await rename(nextSeen, seen);
}

/** The flags of `go work edit` that replace relative paths, which start in `home`, by absolute ones. */
export function absolutePathEdits(work: WorkFile, home: string): string[] {
  const uses = (work.Use ?? [])
    .filter(({ DiskPath }) => !path.isAbsolute(DiskPath))
    .flatMap(({ DiskPath }) => [`-dropuse=${DiskPath}`, `-use=${path.resolve(home, DiskPath)}`]);
  const replacements = (work.Replace ?? [])
    // Without a version the replacement is a folder (go.dev/ref/mod, replace).
    .filter(({ New }) => New.Version === undefined && !path.isAbsolute(New.Path))
    .map(({ Old, New }) => {
      const old = Old.Version === undefined ? Old.Path : `${Old.Path}@${Old.Version}`;
      return `-replace=${old}=${path.resolve(home, New.Path)}`;
    });
  return [...uses, ...replacements];
}

async function exists(file: string): Promise<boolean> {
  return await stat(file).then(
    () => true,
    () => false,
  );
}
