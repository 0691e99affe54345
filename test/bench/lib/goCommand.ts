/** The go command as a person runs it in a terminal, timed. */
import { spawn } from "node:child_process";

export interface GoRun {
  readonly milliseconds: number;
  readonly status: number | null;
  /** End of what it wrote to stderr. */
  readonly stderr: string;
  /** Bytes that it wrote to stderr and stdout. */
  readonly bytes: number;
}

/** Characters of stderr that are kept for a failure. */
const kept = 4000;

/** Runs go with the arguments in a folder and reads all that it writes; its end counts, whatever its status. */
export async function runGo(dir: string, args: readonly string[], env?: NodeJS.ProcessEnv): Promise<GoRun> {
  const started = performance.now();
  const child = spawn("go", args, {
    cwd: dir,
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let [stderr, bytes] = ["", 0];
  child.stdout.on("data", (chunk: Buffer) => (bytes += chunk.length));
  child.stderr.on("data", (chunk: Buffer) => {
    bytes += chunk.length;
    stderr = (stderr + chunk.toString()).slice(-kept);
  });
  const status = await new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  return { milliseconds: performance.now() - started, status, stderr, bytes };
}

/** As `runGo`, for what has to succeed. */
export async function mustRunGo(
  dir: string,
  args: readonly string[],
  env?: NodeJS.ProcessEnv,
): Promise<GoRun> {
  const run = await runGo(dir, args, env);
  if (run.status !== 0) throw new Error(`go ${args.join(" ")} in ${dir}:\n${run.stderr}`);
  return run;
}
