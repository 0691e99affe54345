/** The way to compile for each setup of Go: directly where that is possible, by the go command where it is not. */
import { BatchEngine } from "../compiler/batchEngine.js";
import { DirectEngine } from "../compiler/directEngine.js";
import type { Engine } from "../compiler/engine.js";
import type { GoSetup } from "../go/goSetup.js";
import { PlanStore } from "../go/planStore.js";

export interface EnginesOptions {
  /** How many compilers the go command may run at once. */
  readonly parallelism: number;
  log(message: string): void;
}

export class Engines {
  readonly #options: EnginesOptions;
  /** The recorded plans go with their setup. */
  readonly #engines = new WeakMap<GoSetup, Engine>();

  constructor(options: EnginesOptions) {
    this.#options = options;
  }

  of(setup: GoSetup): Engine {
    let engine = this.#engines.get(setup);
    if (engine === undefined) {
      const { parallelism } = this.#options;
      const log = (message: string) => {
        this.#options.log(message);
      };
      const { go, env, flags, info } = setup;
      const plans = new PlanStore({ go, env, flags, workFile: info.gowork, log });
      const fallback = new BatchEngine({ go, env, flags, parallelism });
      engine = new DirectEngine({ plans, fallback, leakTargets: true, log });
      this.#engines.set(setup, engine);
    }
    return engine;
  }
}
