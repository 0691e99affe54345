/** Which bounds checks the compiler leaves in the machine code: it says so only when it is asked. */
import type { BatchOptions } from "../compiler/batchEngine.js";
import { printedPathResolver } from "../compiler/printedPaths.js";
import type { PackageVariant } from "../go/packages.js";
import { streamProcess } from "../go/process.js";
import type { BoundsCheck } from "./assertion.js";

/**
 * The debug flag under which the pass reports (cmd/compile/internal/ssa/checkbce.go). Twice, so that the cached output is
 * our own, whose paths are relative to where we run go: see `compileArguments`.
 */
const flag = "-d=ssa/check_bce/debug=1";

/** Whether a file may assert something about bounds checks: asked before it is parsed. */
export function assertsBounds(text: string): boolean {
  return /\/\/ ?gcassert:[\w,]*bce/.test(text);
}

/**
 * Compiles the variants, which must share one root, and returns the bounds checks that are left. Packages that do not
 * compile give none; the analysis has reported them. Rejects when the go command cannot be run, and with AbortError.
 */
export async function findBoundsChecks(
  options: BatchOptions,
  variants: readonly PackageVariant[],
  signal: AbortSignal,
): Promise<BoundsCheck[]> {
  const [first] = variants;
  if (first === undefined) return [];
  const patterns = new Set(variants.map(({ forTest, importPath }) => forTest ?? importPath));
  const isTested = variants.some(({ forTest }) => forTest !== null);
  const args = [
    ...["list", "-e", "-export", `-gcflags=${flag} ${flag}`, "-trimpath=false", `-p=${options.parallelism}`],
    ...(isTested ? ["-test"] : []),
    ...["-json=ImportPath", "-buildvcs=false", ...options.flags, "--", ...patterns],
  ];
  const command = { file: options.go, args, cwd: first.root, env: options.env, signal, allowFailure: true };
  const run = streamProcess(command, "stderr");
  let text = "";
  for await (const chunk of run.chunks) text += chunk;
  await run.result;
  return parseBoundsChecks(text, printedPathResolver(first.root, variants));
}

/** Reads the compiler's text; lines of other kinds are passed over. Each place counts once. */
export function parseBoundsChecks(
  text: string,
  resolve: (path: string, variant: string | undefined) => string,
): BoundsCheck[] {
  const checks = new Map<string, BoundsCheck>();
  let variant: string | undefined;
  for (const line of text.split(/\r?\n/)) {
    if (line.startsWith("# ")) variant = line.slice(2);
    const match = /^(.+?):(\d+)(?::(\d+))?: Found (IsInBounds|IsSliceInBounds)$/.exec(line);
    if (match === null) continue;
    const [, file = "", row, column, check] = match;
    const position = {
      file: resolve(file, variant),
      line: Number(row),
      column: column === undefined ? undefined : Number(column),
    };
    const key = [position.file, row, column, check].join(" ");
    checks.set(key, { position, check: check === "IsInBounds" ? check : "IsSliceInBounds" });
  }
  return [...checks.values()];
}
