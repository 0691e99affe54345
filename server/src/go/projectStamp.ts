/**
 * Says whether all that packages were listed and compiled from is still the same, without starting the go command. Times
 * and sizes are asked first; where they differ, as after a fresh checkout, the contents decide.
 */
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";

/** Plain data, so that it can be kept on disk. */
export interface ProjectStamp {
  /** The names in each folder (absolute path): a new file can belong to a package, and a new folder hold one. */
  readonly folders: Readonly<Record<string, readonly string[]>>;
  /** By absolute path; null for a file that is not there. */
  readonly files: Readonly<Record<string, FileStamp | null>>;
}

interface FileStamp {
  readonly size: number;
  /** Milliseconds; -1 where the file is so young that a later change may not show in it. */
  readonly time: number;
  /** Of the contents, hexadecimal; empty for a program, of which size and time say enough. */
  readonly hash: string;
}

export interface StampInput {
  /** Absolute folders below which patterns look for packages. */
  readonly roots: readonly string[];
  /** Absolute folders of packages, wherever they lie. */
  readonly folders: readonly string[];
  /** Absolute paths of other files that count, whether they exist or not. */
  readonly files: readonly string[];
  /** Absolute paths of programs: they are large. */
  readonly programs: readonly string[];
  /** Contents that were read already, as `hashOf` names them. */
  readonly hashes: ReadonlyMap<string, string>;
  /** When the first of all this was looked at (Date.now). */
  readonly since: number;
}

/** What `go list` and the compiler read (`go help filetype`), and the files that choose modules and profiles. */
const buildFile =
  /\.(?:go|c|cc|cpp|cxx|m|h|hh|hpp|hxx|f|for|f90|s|sx|swig|swigcxx|syso)$|^(?:go\.(?:mod|sum|work|work\.sum)|modules\.txt|default\.pgo)$/i;

/**
 * Takes the stamp, step by step; undefined where something changed since the work on it began, so that nobody knows what
 * was read, and where something cannot be read (any longer).
 */
export function stampSteps(input: StampInput): Generator<undefined, ProjectStamp | undefined> {
  return unlessUnreadable(takenStamp(input), undefined);
}

function* takenStamp(input: StampInput): Generator<undefined, ProjectStamp | undefined> {
  const { roots, folders, files, programs, hashes, since } = input;
  const names: Record<string, readonly string[]> = {};
  const found = new Set(folders);
  for (const root of roots) for (const folder of yield* packageFolders(root)) found.add(folder);
  for (const folder of found) {
    if (isYoungerThan(since, folder)) return undefined;
    names[folder] = namesIn(folder);
    yield;
  }
  const inside = Object.entries(names).flatMap(([folder, all]) =>
    all.filter((name) => buildFile.test(name)).map((name) => path.join(folder, name)),
  );
  const stamps: Record<string, FileStamp | null> = {};
  for (const file of new Set([...inside, ...files])) {
    if (isYoungerThan(since, file)) return undefined;
    stamps[file] = stampOf(file, hashes.get(file), since);
    yield;
  }
  for (const program of programs) {
    const status = statSync(program, { throwIfNoEntry: false });
    stamps[program] = status === undefined ? null : { size: status.size, time: status.mtimeMs, hash: "" };
  }
  return { folders: names, files: stamps };
}

/** Whether all is as it was when the stamp was taken, step by step. What cannot be read is not. */
export function checkSteps(stamp: ProjectStamp): Generator<undefined, boolean> {
  return unlessUnreadable(isAsTaken(stamp), false);
}

function* isAsTaken({ folders, files }: ProjectStamp): Generator<undefined, boolean> {
  for (const [folder, names] of Object.entries(folders)) {
    if (namesIn(folder).join("/") !== names.join("/")) return false;
    yield;
  }
  for (const [file, stamp] of Object.entries(files)) {
    if (!isUnchanged(file, stamp)) return false;
    yield;
  }
  return true;
}

/** Of the system's errors nothing is to be said: whoever then analyzes all of it meets them, too. */
function* unlessUnreadable<Result>(
  steps: Generator<undefined, Result>,
  otherwise: Result,
): Generator<undefined, Result> {
  try {
    return yield* steps;
  } catch (error) {
    if (error instanceof Error && "syscall" in error) return otherwise;
    throw error;
  }
}

/** A name for contents. */
export function hashOf(contents: Uint8Array): string {
  return createHash("sha256").update(contents).digest("hex");
}

/** The folder and those below it, as `...` finds them: nested modules are recognized by their go.mod and left out. */
function* packageFolders(root: string): Generator<undefined, string[]> {
  const found = [root];
  for (const entry of readdirSync(root, { withFileTypes: true })) {
    if (!entry.isDirectory() || /^[._]|^testdata$|^vendor$/.test(entry.name)) continue;
    const folder = path.join(root, entry.name);
    found.push(...(isNestedModule(folder) ? [folder] : yield* packageFolders(folder)));
  }
  yield;
  return found;
}

function isNestedModule(folder: string): boolean {
  return statSync(path.join(folder, "go.mod"), { throwIfNoEntry: false })?.isFile() === true;
}

/** Hidden names are none of go's business, and editors come and go with them. */
function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
      .filter((name) => !/^[._]/.test(name))
      .sort();
  } catch {
    return [];
  }
}

/**
 * File systems count time in steps: of two seconds at the most, where it is told in whole seconds, and else of some
 * milliseconds, at which the kernel's clock ticks.
 */
function stepOf(time: number): number {
  return time % 1000 === 0 ? 2000 : 20;
}

function isYoungerThan(since: number, file: string): boolean {
  const time = statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  return time > since - stepOf(time);
}

function stampOf(file: string, known: string | undefined, since: number): FileStamp | null {
  const status = statSync(file, { throwIfNoEntry: false });
  if (status?.isFile() !== true) return null;
  const isSettled = status.mtimeMs < since - 2 * stepOf(status.mtimeMs);
  const hash = known ?? hashOf(readFileSync(file));
  return { size: status.size, time: isSettled ? status.mtimeMs : -1, hash };
}

function isUnchanged(file: string, stamp: FileStamp | null): boolean {
  const status = statSync(file, { throwIfNoEntry: false });
  if (status?.isFile() !== true || stamp === null) return stamp === null && status?.isFile() !== true;
  if (status.size !== stamp.size) return false;
  return status.mtimeMs === stamp.time || (stamp.hash !== "" && hashOf(readFileSync(file)) === stamp.hash);
}
