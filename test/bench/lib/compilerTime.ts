/** The compiler's own time: what nobody who waits for its verdicts can undercut. */
import { mkdir, rm } from "node:fs/promises";
import path from "node:path";
import { writeCompileInputs } from "../../../server/src/compiler/compileInputs.js";
import { SentinelWatch } from "../../../server/src/compiler/sentinel.js";
import type { PackageVariant } from "../../../server/src/go/packages.js";
import type { PlanStore } from "../../../server/src/go/planStore.js";
import { streamProcess } from "../../../server/src/go/process.js";
import { directEngine } from "../../harness/directEngine.js";
import { load } from "../../harness/packages.js";
import { subfolder } from "./workFolder.js";

/** Flow text above which the server is not expected to read all of it at once (compile-latency.md): 8 MB. */
const flowLimit = 8_000_000;

export interface CompilerTime {
  /** From the start of `compile` to its sentinel line. */
  readonly milliseconds: number;
  /** Characters printed until then. */
  readonly characters: number;
}

export class CompilerClock {
  readonly #plans: PlanStore;
  readonly #variant: PackageVariant;
  /** 2 while the flows are of bearable size, else 1. */
  #level: 1 | 2 = 2;

  constructor(plans: PlanStore, variant: PackageVariant) {
    this.#plans = plans;
    this.#variant = variant;
  }

  /** Loads the package of the folder (absolute) without its tests. */
  static async of(dir: string): Promise<CompilerClock> {
    const loaded = await load(dir, ["."], { tests: false });
    const variant = loaded.packages[0]?.variants[0];
    if (variant === undefined) throw new Error(`There is no package in ${dir}.`);
    return new CompilerClock(directEngine(loaded).plans, variant);
  }

  /** The flag of the last compile: `-m=2`, or `-m` where the flows are larger than anyone reads at once. */
  get flag(): string {
    return this.#level === 2 ? "-m=2" : "-m";
  }

  /** Compiles the package with the file (absolute) as in `text`, until all verdicts are there. */
  async measure(file: string, text: string): Promise<CompilerTime> {
    const time = await this.compile(this.#level, file, text);
    if (this.#level === 1 || time.characters < flowLimit) return time;
    this.#level = 1;
    return this.compile(1, file, text);
  }

  /** As `measure`, at a given level of `-m`. */
  async compile(level: 1 | 2, file: string, text: string): Promise<CompilerTime> {
    const { signal } = new AbortController();
    const overlays = new Map([[file, text]]);
    const answer = await this.#plans.of(this.#variant, overlays, signal);
    if ("unsuitable" in answer) throw new Error(answer.unsuitable);
    const folder = path.join(subfolder("compiler"), String(process.pid));
    await rm(folder, { recursive: true, force: true });
    await mkdir(folder, { recursive: true });
    try {
      const inputs = writeCompileInputs(folder, answer.plan, overlays, new Map(), "sentinel");
      const { file: tool, env } = answer.tool;
      const args = [`-m=${level}`, ...inputs.args];
      const started = performance.now();
      const command = { file: tool, args, cwd: this.#variant.dir, env, signal, outputLimit: 2 ** 32 };
      const watch = new SentinelWatch(inputs.sentinelFile);
      let characters = 0;
      for await (const chunk of streamProcess(command, "stdout").chunks) {
        characters += chunk.length;
        if (watch.push(chunk)) return { milliseconds: performance.now() - started, characters };
      }
      throw new Error(`The compiler ended without the sentinel's line in ${this.#variant.dir}.`);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }
}
