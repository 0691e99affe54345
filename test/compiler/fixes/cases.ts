/** The cases of test/cases/fixes: Go before a fix, and after it or the reason why it is left alone. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import type { FixId } from "../../../server/src/fixes/fix.js";
import { testData } from "../../harness/paths.js";

/** What expect.json says of a case; all of it may be missing. */
export interface Expectation {
  /** The menu's whole title. */
  readonly title?: string;
  readonly behaviour?: string;
  /** False where it must not be preferred although nothing can behave differently. */
  readonly isPreferred?: boolean;
  /** Which of several choices after.go shows. */
  readonly choice?: string;
  /** Whether only the machine code tells of the site, and not a message or the syntax alone. */
  readonly evidence?: boolean;
  /** AllocsPerRun of the package's function Op, before and after. */
  readonly allocations?: readonly [number, number];
  /** Oldest Go 1.x whose compiler gives these figures. */
  readonly sinceGo?: number;
  /** Oldest Go 1.x whose compiler says something of the code; older ones must leave nothing to fix. */
  readonly siteSinceGo?: number;
}

export interface FixCase {
  readonly fix: FixId;
  readonly name: string;
  readonly dir: string;
  /** Go files of the package as they are before, by file name. */
  readonly before: Readonly<Record<string, string>>;
  /** The same after the fix; undefined where it is refused. */
  readonly after: Readonly<Record<string, string>> | undefined;
  /** Why the syntax is left alone. */
  readonly refused: string | undefined;
  /** Why the compiler turns it down. */
  readonly rejected: string | undefined;
  readonly expected: Expectation;
}

const root = path.join(testData, "cases/fixes");

/** All cases; `before.go` is the file with the site, `before_x.go` and `after_x.go` are further files of the package. */
export function fixCases(): FixCase[] {
  return readdirSync(root).flatMap((fix) =>
    readdirSync(path.join(root, fix)).map((name) => readCase(fix as FixId, name)),
  );
}

function readCase(fix: FixId, name: string): FixCase {
  const dir = path.join(root, fix, name);
  const before = goFiles(dir, "before");
  const after = goFiles(dir, "after");
  const reason = (file: string) => optional(path.join(dir, file))?.trim();
  return {
    fix,
    name,
    dir,
    before,
    after: Object.keys(after).length > 0 ? { ...before, ...after } : undefined,
    refused: reason("refused.txt"),
    rejected: reason("rejected.txt"),
    expected: JSON.parse(optional(path.join(dir, "expect.json")) ?? "{}") as Expectation,
  };
}

function goFiles(dir: string, side: "before" | "after"): Record<string, string> {
  const names = readdirSync(dir).filter((file) => file.startsWith(side) && file.endsWith(".go"));
  return Object.fromEntries(
    names.map((file) => [file.replace(side, "p"), readFileSync(path.join(dir, file), "utf8")]),
  );
}

function optional(file: string): string | undefined {
  return existsSync(file) ? readFileSync(file, "utf8") : undefined;
}
