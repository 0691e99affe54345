/** A direct engine for loaded packages, with what it says about itself. */
import { DirectEngine, type DirectEngineOptions } from "../../server/src/compiler/directEngine.js";
import type { Engine } from "../../server/src/compiler/engine.js";
import { PlanStore } from "../../server/src/go/planStore.js";
import type { LoadedPackages } from "./packages.js";

export interface DirectTestEngine {
  readonly engine: DirectEngine;
  readonly plans: PlanStore;
  /** What was left to the go command, and plans that were made anew. */
  readonly log: string[];
}

/** Without a fallback, nothing is compiled that cannot be compiled directly. */
export function directEngine(
  { setup }: LoadedPackages,
  options: Partial<DirectEngineOptions> = {},
): DirectTestEngine {
  const log: string[] = [];
  const note = (message: string) => void log.push(message);
  const plans = new PlanStore({ ...setup, workFile: setup.info.gowork, log: note });
  return { engine: new DirectEngine({ plans, fallback: nothing, log: note, ...options }), plans, log };
}

const nothing: Engine = {
  // eslint-disable-next-line @typescript-eslint/require-await, require-yield
  async *compile() {
    return;
  },
  keyOf: () => Promise.resolve(undefined),
  assemblyOf: () => Promise.resolve(undefined),
  leaksOf: () => Promise.resolve(undefined),
  excerptOf: () => Promise.resolve(undefined),
  dependsOn: () => false,
};
