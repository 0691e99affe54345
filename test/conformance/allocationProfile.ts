/** Benchmarks of a package under a memory profile that records every allocation, and what they ran through. */
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

export interface Allocation {
  /** `FILE:LINE` of the innermost frame that is the module's own, inlined frames included. */
  readonly place: string;
  /** As `place`, and those of the functions that this frame was inlined into: where its machine code stands. */
  readonly places: readonly string[];
  /** The module's own code calls the allocator, not a function of another package that it calls. */
  readonly isDirect: boolean;
  /** Bytes of one object, rounded up to its size class. */
  readonly bytes: number;
}

interface Frame {
  readonly function: string;
  readonly file: string;
  readonly line: number;
}

export interface Profile {
  /** Equal ones once. */
  readonly allocations: readonly Allocation[];
  /** Symbols of the program that ran: the linker leaves out functions that are inlined wherever they are called. */
  readonly symbols: readonly string[];
}

/** The allocations in files below `root` of all benchmarks of a package, start-up included; empty without benchmarks. */
export function profileOf(root: string, folder: string): Profile {
  const work = realpathSync(mkdtempSync(path.join(tmpdir(), "escape-lens-profile-")));
  try {
    const [profile, binary] = [path.join(work, "profile"), path.join(work, "test")];
    const args = [`-memprofile=${profile}`, "-memprofilerate=1", "-o", binary];
    runBenchmarks(folder, args);
    if (!existsSync(profile)) return { allocations: [], symbols: [] };
    const raw = spawnSync("go", ["tool", "pprof", "-raw", binary, profile], { cwd: folder, ...text });
    if (raw.status !== 0) throw new Error(raw.stderr);
    const table = spawnSync("go", ["tool", "nm", binary], { cwd: folder, ...text });
    const symbols = table.stdout.split("\n").map((line) => line.replace(/^\s*(?:[0-9a-f]+)?\s*\w /, ""));
    return { allocations: parseRaw(raw.stdout, root), symbols };
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** Whether the benchmarks of the package ran through a place: line and column from 1, in bytes. */
export type Coverage = (file: string, line: number, column: number) => boolean;

export function coverageOf(folder: string, importPath: string): Coverage {
  const work = realpathSync(mkdtempSync(path.join(tmpdir(), "escape-lens-profile-")));
  try {
    const profile = path.join(work, "cover");
    runBenchmarks(folder, [`-coverprofile=${profile}`]);
    const lines = existsSync(profile) ? readFileSync(profile, "utf8").split("\n") : [];
    const blocks = lines.flatMap((line) => {
      const match = /^(.*)\/([^/]+):(\d+)\.(\d+),(\d+)\.(\d+) \d+ (\d+)$/.exec(line);
      if (match?.[1] !== importPath || match[7] === "0") return [];
      const [fromLine = 0, fromColumn = 0, toLine = 0, toColumn = 0] = match.slice(3, 7).map(Number);
      return [{ file: path.join(folder, match[2] ?? ""), fromLine, fromColumn, toLine, toColumn }];
    });
    return (file, line, column) =>
      blocks.some((block) => {
        const begins = line > block.fromLine || (line === block.fromLine && column >= block.fromColumn);
        const ends = line < block.toLine || (line === block.toLine && column < block.toColumn);
        return block.file === file && begins && ends;
      });
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

const text = { encoding: "utf8", maxBuffer: 2 ** 30 } as const;

function runBenchmarks(folder: string, args: readonly string[]): void {
  const words = ["test", "-run=^$", "-bench=.", "-benchtime=100x", "-count=1", ...args, "."];
  // The flag alone would miss what is allocated before the tests begin.
  const env = { ...process.env, GODEBUG: "memprofilerate=1" };
  const { status, stdout, stderr } = spawnSync("go", words, { cwd: folder, env, ...text });
  // A benchmark that fails has allocated what it has.
  if (status !== 0) console.log(`  ${folder}: ${(stdout + stderr).trim().split("\n").slice(-3).join(" ")}`);
}

/** The text of `pprof -raw`: samples with numbers of locations, and the frames of each location, innermost first. */
function parseRaw(raw: string, root: string): Allocation[] {
  const [head = "", tail = ""] = raw.split("\nLocations\n");
  const locations = parseLocations(tail);
  const found = new Map<string, Allocation>();
  const lines = head.split("\n");
  lines.forEach((line, index) => {
    const sample = /^ +(\d+) +\d+ +\d+ +\d+: ([\d ]+)$/.exec(line);
    const bytes = /bytes:\[(\d+)/.exec(lines[index + 1] ?? "")?.[1];
    if (sample === null || sample[1] === "0" || bytes === undefined) return;
    const stack = (sample[2] ?? "")
      .trim()
      .split(" ")
      .map((id) => locations.get(id) ?? []);
    const allocation = allocationOf(stack, Number(bytes), root);
    if (allocation !== undefined) found.set(JSON.stringify(allocation), allocation);
  });
  return [...found.values()];
}

function parseLocations(section: string): Map<string, Frame[]> {
  const locations = new Map<string, Frame[]>();
  let frames: Frame[] = [];
  for (const line of section.split("\n")) {
    if (line === "Mappings") break;
    const start = /^ +(\d+): 0x[0-9a-f]+ (?:M=\d+ )?(.*)$/.exec(line);
    if (start !== null) locations.set(start[1] ?? "", (frames = []));
    const frame = /^\s*(\S.*?) (\S.*?):(\d+)(?::\d+)? s=\d+/.exec(start?.[2] ?? line);
    if (frame !== null) {
      frames.push({ function: frame[1] ?? "", file: frame[2] ?? "", line: Number(frame[3]) });
    }
  }
  return locations;
}

/** Parts of the runtime that other packages' code stands in for. */
const ofRuntime = /^(?:runtime\.|internal\/(?:runtime|bytealg)[/.])/;

function allocationOf(stack: readonly Frame[][], bytes: number, root: string): Allocation | undefined {
  const isOwn = ({ file }: Frame) => file.startsWith(root + path.sep);
  const code = stack.filter((frames) => !ofRuntime.test(frames.at(-1)?.function ?? ""));
  const own = code.find((frames) => frames.some(isOwn));
  const index = own?.findIndex(isOwn) ?? -1;
  const frame = own?.[index];
  if (own === undefined || frame === undefined) return undefined;
  const places = own.slice(index).filter(isOwn).map(placeOf);
  return { place: placeOf(frame), places, isDirect: own === code[0], bytes };
}

function placeOf({ file, line }: Frame): string {
  return `${file}:${line}`;
}
