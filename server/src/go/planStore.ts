/** The recorded plans: each is made when it is first asked for, and anew when what it was made from has changed. */
import path from "node:path";
import { GoCommandError } from "./commandError.js";
import type { CompilePlan } from "./compilePlan.js";
import { findCompileTool, type CompileTool } from "./compileTool.js";
import { buildObstacle, effectiveFlags, modfiles } from "./directBuild.js";
import type { Overlays, PackageVariant } from "./packages.js";
import { recordPlan, type RecorderOptions } from "./planRecorder.js";
import { PlanStamp } from "./planStamp.js";
import { remember } from "./remember.js";

export interface PlanStoreOptions extends RecorderOptions {
  /** Absolute path of the person's go.work; empty without one. */
  readonly workFile: string;
  log(message: string): void;
}

/** A plan with the compiler that it is for, or why there is none, in words for a log. */
export type PlanAnswer =
  { readonly plan: CompilePlan; readonly tool: CompileTool } | { readonly unsuitable: string };

/** Where plans come from. */
export interface PlanSource {
  /**
   * The plan for a variant with these contents. Throws AbortError; what else goes wrong is a reason to let the go command
   * do the work, which then tells what it is.
   */
  of(variant: PackageVariant, overlays: Overlays, signal: AbortSignal): Promise<PlanAnswer>;
  /** Whether the variant's plan was made from the package in a folder (absolute path); false without a plan. */
  dependsOn(variant: PackageVariant, dir: string): boolean;
}

interface Entry {
  readonly plan: CompilePlan;
  readonly stamp: PlanStamp;
}

/** A plan that was found to hold, for the contents that it was asked for with. */
interface Check {
  readonly plan: CompilePlan;
  readonly at: number;
}

/**
 * Milliseconds for which a plan that held is given again for the very same contents: one analysis asks for it several
 * times, and what changes meanwhile is the next one's.
 */
const checkLasts = 1000;

/** Plans are kept for as many variants: those that were asked for last. */
const capacity = 256;

export class PlanStore implements PlanSource {
  readonly #options: PlanStoreOptions;
  readonly #flags: readonly string[];
  /** By id of the variant, the one that was asked for last at the end. */
  readonly #entries = new Map<string, Entry>();
  /** By contents, by id of the variant. */
  readonly #checks = new WeakMap<Overlays, Map<string, Check>>();
  /** By root: go.mod may choose the toolchain. */
  readonly #tools = new Map<string, CompileTool>();
  #recording: Promise<void> = Promise.resolve();

  constructor(options: PlanStoreOptions) {
    this.#options = options;
    this.#flags = effectiveFlags(options.env, options.flags);
  }

  async of(variant: PackageVariant, overlays: Overlays, signal: AbortSignal): Promise<PlanAnswer> {
    const obstacle = buildObstacle(variant, this.#flags);
    if (obstacle !== undefined) return { unsuitable: obstacle };
    // Of unsaved contents, only the variant's own decide: for what it depends on, the disk counts.
    const own = new Map([...overlays].filter(([file]) => variant.files.includes(file)));
    try {
      const tool = await this.#tool(variant.root, signal);
      const checked = this.#checked(variant, overlays);
      const plan =
        checked ?? this.#known(variant, own) ?? (await this.#recordInTurn(variant, own, tool, signal));
      if (typeof plan === "string") return { unsuitable: plan };
      // The time counts from the check, however often its plan was given since.
      if (checked === undefined) this.#remember(variant, overlays, plan);
      const translated = plan.cgoFiles.find((file) => own.has(file));
      return translated === undefined
        ? { plan, tool }
        : { unsuitable: `${translated} is cgo's and not saved` };
    } catch (error) {
      if (error instanceof GoCommandError) return { unsuitable: error.message };
      throw error;
    }
  }

  dependsOn(variant: PackageVariant, dir: string): boolean {
    return this.#entries.get(variant.id)?.stamp.dependsOn(dir) === true;
  }

  /** The plan that was given for these contents just now. */
  #checked(variant: PackageVariant, overlays: Overlays): CompilePlan | undefined {
    const check = this.#checks.get(overlays)?.get(variant.id);
    return check !== undefined && performance.now() - check.at < checkLasts ? check.plan : undefined;
  }

  #remember(variant: PackageVariant, overlays: Overlays, plan: CompilePlan): void {
    const checks = this.#checks.get(overlays) ?? new Map<string, Check>();
    this.#checks.set(overlays, checks);
    checks.set(variant.id, { plan, at: performance.now() });
  }

  /** The plan that was made before, as long as it holds. */
  #known(variant: PackageVariant, overlays: Overlays): CompilePlan | undefined {
    const entry = this.#entries.get(variant.id);
    if (entry === undefined) return undefined;
    this.#entries.delete(variant.id);
    const reason = entry.stamp.staleReason(variant, overlays);
    if (reason !== undefined) {
      this.#options.log(`The compile plan of ${variant.id} is made anew: ${reason}.`);
      return undefined;
    }
    this.#entries.set(variant.id, entry);
    return entry.plan;
  }

  /** One after the other: what one has go build for it, the next finds built. */
  async #recordInTurn(
    variant: PackageVariant,
    overlays: Overlays,
    tool: CompileTool,
    signal: AbortSignal,
  ): Promise<CompilePlan | string> {
    const before = this.#recording;
    const recording = before.then(() => {
      signal.throwIfAborted();
      return this.#record(variant, overlays, tool, signal);
    });
    this.#recording = recording.then(ignore, ignore);
    return await recording;
  }

  /** Makes a plan, or says why there is none: that is not kept, because a mistake goes with the next edit. */
  async #record(
    variant: PackageVariant,
    overlays: Overlays,
    tool: CompileTool,
    signal: AbortSignal,
  ): Promise<CompilePlan | string> {
    const watched = [tool.file, ...this.#workFiles(), ...modfiles(variant.root, this.#flags)];
    const input = { variant, overlays, moduleCache: tool.moduleCache, watched };
    // What changes while go list is at work must not be missed.
    const before = new PlanStamp({ ...input, plan: undefined, dependencies: [] });
    const { outcome, dependencies } = await recordPlan(this.#options, variant, overlays, signal);
    if ("unsuitable" in outcome) return outcome.unsuitable;
    const { plan } = outcome;
    const stamp = new PlanStamp({ ...input, plan, dependencies });
    if (before.staleReason(variant, overlays) === undefined)
      remember(this.#entries, variant.id, { plan, stamp }, capacity);
    return plan;
  }

  #workFiles(): string[] {
    const { workFile } = this.#options;
    return workFile === "" ? [] : [workFile, path.join(path.dirname(workFile), "go.work.sum")];
  }

  async #tool(root: string, signal: AbortSignal): Promise<CompileTool> {
    const { go, env } = this.#options;
    const tool = this.#tools.get(root) ?? (await findCompileTool(go, root, env, signal));
    this.#tools.set(root, tool);
    return tool;
  }
}

function ignore(): void {
  // Whoever asked for the plan sees what became of it.
}
