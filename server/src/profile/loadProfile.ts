/** From the profiles that a person names to what the lines of the workspace's files allocated. */
import type { GoPackage } from "../go/packages.js";
import { SourceTooLargeError } from "../syntax/treeSitter.js";
import { builtTexts } from "./builtTexts.js";
import { type Metric, readMemoryProfile } from "./decodedProfile.js";
import { LoadedProfile, type ProfiledFile } from "./loadedProfile.js";
import { OwnCode } from "./ownCode.js";
import { ProfileError } from "./profileError.js";
import { type ProfileLine, ProfileLines } from "./profileLines.js";
import { openProfile } from "./profileSource.js";
import { matchLines } from "./textMatch.js";

export interface ProfileRequest {
  /** Files, relative to `folder`, and addresses of servers: added up. */
  readonly sources: readonly string[];
  /** Those of before, with which they are compared. */
  readonly before: readonly string[];
  readonly metric: Metric;
  /** Absolute. */
  readonly folder: string;
  /** The workspace's own code, tests included. */
  readonly packages: readonly GoPackage[];
  /** The text of a file (absolute path) as it is now; undefined when it is gone. */
  textOf(file: string): Promise<string | undefined>;
  /** By absolute path, texts that are known to be those that were built; the rest is found out. */
  readonly built?: ReadonlyMap<string, string>;
  /** False in a workspace that is not trusted: git is not asked then. */
  readonly mayRunGit: boolean;
}

/** Told of what is done: a share from 0 to 1, and what is at work. */
export type OnProgress = (share: number, name: string) => void;

/** Reads and places the profiles. Rejects with ProfileError and AbortError. */
export async function loadProfile(
  request: ProfileRequest,
  onProgress: OnProgress,
  signal: AbortSignal,
): Promise<LoadedProfile> {
  const lines = new ProfileLines(new OwnCode(request.packages));
  const sides = [
    ...request.before.map((source) => ({ source, isBefore: true })),
    ...request.sources.map((source) => ({ source, isBefore: false })),
  ];
  let takenAt: number | null = null;
  for (const [index, { source, isBefore }] of sides.entries()) {
    onProgress(index / (sides.length + 1), source);
    const profile = await openProfile(source, request.folder, signal);
    const add = (sample: Parameters<ProfileLines["add"]>[0]) => {
      lines.add(sample, isBefore);
    };
    const header = await readMemoryProfile(profile, request.metric, add, signal);
    if (!isBefore) takenAt = header.takenAt;
  }
  const { sums } = lines;
  // A program that has just started has nothing to tell of, which is no reason to show zeros everywhere.
  if (sums.total.bytes === 0 && sums.before.bytes === 0)
    throw new ProfileError("empty", request.sources[0] ?? "");
  onProgress(sides.length / (sides.length + 1), "");
  const files = new Map<string, ProfiledFile>();
  for (const [file, own] of byFile(lines.all())) {
    signal.throwIfAborted();
    files.set(file, await placed(file, own, takenAt, request, signal));
  }
  const { sources, before, metric } = request;
  return new LoadedProfile({ sources, before, metric, takenAt, sums, files });
}

async function placed(
  file: string,
  lines: readonly ProfileLine[],
  takenAt: number | null,
  request: ProfileRequest,
  signal: AbortSignal,
): Promise<ProfiledFile> {
  const { built, mayRunGit } = request;
  const present = await request.textOf(file);
  const lost = () => ({ text: "", lines: lines.map((line) => ({ line, index: undefined })) });
  if (present === undefined) return lost();
  const known = built?.get(file);
  const candidates =
    known === undefined ? await builtTexts(file, present, takenAt, mayRunGit, signal) : [known];
  try {
    return { text: present, lines: matchLines(lines, { present, candidates }) };
  } catch (error) {
    if (error instanceof SourceTooLargeError) return lost();
    throw error;
  }
}

function byFile(lines: readonly ProfileLine[]): Map<string, ProfileLine[]> {
  const files = new Map<string, ProfileLine[]>();
  for (const line of lines) {
    const here = files.get(line.file) ?? [];
    files.set(line.file, here);
    here.push(line);
  }
  return files;
}
