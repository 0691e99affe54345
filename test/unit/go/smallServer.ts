/** Programs in small that start processes as the server does, with the real watchdog, and are killed or end by themselves. */
import assert from "node:assert/strict";
import { mkdtemp } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { build } from "esbuild";

export interface SmallServer {
  /** Absolute paths of the folder that holds both programs, which whoever asked for them removes, and of the programs. */
  readonly folder: string;
  readonly server: string;
  readonly watchdog: string;
}

/** Bundles the TypeScript of a server, whose imports are relative to the project, and the watchdog. */
export async function buildSmallServer(source: string): Promise<SmallServer> {
  const folder = await mkdtemp(path.join(os.tmpdir(), "small-server-"));
  const [server, watchdog] = [path.join(folder, "server.mjs"), path.join(folder, "watchdog.js")];
  const common = { bundle: true, platform: "node", target: "node20", logLevel: "warning" } as const;
  const js = 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);';
  await build({
    ...common,
    stdin: { contents: source, resolveDir: process.cwd(), loader: "ts" },
    format: "esm",
    outfile: server,
    banner: { js },
  });
  await build({
    ...common,
    entryPoints: ["server/src/go/watchdog.ts"],
    format: "cjs",
    outfile: watchdog,
  });
  return { folder, server, watchdog };
}

/** Longest time that a killed server's children and folders may stay. */
export const limitMilliseconds = 5000;

/** Waits until a condition holds; a watchdog whose server was killed is nobody's child and sends no event. */
export async function within(milliseconds: number, what: string, condition: () => boolean): Promise<void> {
  const deadline = performance.now() + milliseconds;
  while (!condition()) {
    assert(performance.now() < deadline, `${what} after ${milliseconds} ms`);
    await delay(20);
  }
}
