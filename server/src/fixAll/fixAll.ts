/**
 * Applies many fixes to a package in memory. Edits of two fixes can clash (both may want the same name or the same import),
 * so each is proposed for the text that the one before it left, and is kept only when the compiler agrees.
 */
import { applyEdit, type EditedText } from "../analysis/applyEdit.js";
import type { AnalyzedPackage } from "../analysis/analyzer.js";
import { isCallWrapper } from "../analysis/callWrapper.js";
import { compareSites } from "../analysis/compareSites.js";
import { operandTypes, type TypeQuestion } from "../analysis/operandTypes.js";
import type { Site } from "../analysis/site.js";
import { hashOf, type Snapshot } from "../analysis/snapshot.js";
import { type Edit, type Recompile, verify } from "../analysis/verify.js";
import { readFilesBeside } from "../fixes/filesBeside.js";
import type { Proposal } from "../fixes/fix.js";
import type { Offer } from "../fixes/offers.js";
import { mayHaveFixes, proposeFixes } from "../fixes/proposals.js";
import { found, moved, type PendingSite, pendingSites } from "./pendingSites.js";
import { editBetween } from "../analysis/textChanges.js";

export interface FixAllRequest {
  readonly analyzed: AnalyzedPackage;
  /** The sites of the package that may be fixed, in the order in which they are. */
  readonly candidates: readonly Site[];
  /** Which proposals are wanted. */
  accepts(proposal: Proposal): boolean;
  readonly recompile: Recompile;
  /** Milliseconds after which no further fix is begun; none unless given. */
  readonly timeLimit?: number;
  /** Told before each candidate: how many are done of how many, and how many fixes are applied. */
  onProgress?(done: number, all: number, applied: number): void;
}

/** A fix that was applied. */
export interface AppliedFix extends Offer {
  /** The site at the places of the first snapshot; `site` and the proposal's edit are at those of its own turn. */
  readonly original: Site;
}

export interface FixAllResult {
  readonly applied: readonly AppliedFix[];
  /** From the first snapshot's texts to the last ones. */
  readonly edit: Edit;
  /** The last texts of the edited files by absolute path, without byte order marks. */
  readonly texts: ReadonlyMap<string, string>;
  /** What the compiler finds in the last texts. */
  readonly sites: readonly Site[];
  /** Candidates that were not looked at for lack of time. */
  readonly left: number;
}

/** The fixes hold one by one, and not together: nothing may be applied. */
export class WholeRejected extends Error {
  override readonly name = "WholeRejected";
}

/**
 * Fixes what can be fixed, each candidate once. The result was compiled as a whole, tests included, with another run of
 * `recompile`, and the compiler found in it what it had found behind the last fix. Rejects with WholeRejected where it did
 * not, with the signal's reason, and where the compiler cannot be run.
 */
export async function fixAll(request: FixAllRequest, signal: AbortSignal): Promise<FixAllResult> {
  const { analyzed, recompile, timeLimit } = request;
  const candidates = request.candidates.filter(mayHaveFixes);
  const beside = await readFilesBeside(analyzed.snapshot);
  const applied: AppliedFix[] = [];
  const deadline = timeLimit === undefined ? Infinity : performance.now() + timeLimit;
  let state = analyzed;
  let pending = pendingSites(candidates, analyzed);
  for (let next = pending[0]; next !== undefined && performance.now() < deadline; next = pending[0]) {
    signal.throwIfAborted();
    pending = pending.slice(1);
    request.onProgress?.(candidates.length - pending.length - 1, candidates.length, applied.length);
    const step = await tryFix(next, state, beside, request, signal);
    if (step === undefined) continue;
    applied.push(step.applied);
    pending = moved(pending, step.edited);
    state = step.state;
  }
  const texts = changedTexts(analyzed.snapshot, state.snapshot);
  if (applied.length > 0) await verifyWhole(state, texts, analyzed.snapshot, recompile, signal);
  const edit = editBetween(analyzed.snapshot, texts);
  return { applied, edit, texts, sites: state.sites, left: pending.length };
}

interface Step {
  readonly applied: AppliedFix;
  readonly edited: ReadonlyMap<string, EditedText>;
  readonly state: AnalyzedPackage;
}

/** The first wanted fix of a site that holds, and the package behind it; undefined when there is none. */
async function tryFix(
  pending: PendingSite,
  state: AnalyzedPackage,
  filesBeside: ReadonlyMap<string, string>,
  request: FixAllRequest,
  signal: AbortSignal,
): Promise<Step | undefined> {
  const site = found(pending, state);
  if (site === undefined) return undefined;
  const { snapshot, sites, goMinor, compared: before = sites } = state;
  const typesOf = (question: TypeQuestion) => operandTypes(question, snapshot, request.recompile, signal);
  const proposed = await proposeFixes({ site, snapshot, sites, goMinor, filesBeside }, typesOf);
  for (const proposal of proposed) {
    if (!("edit" in proposal) || proposal.proof === "none" || !request.accepts(proposal)) continue;
    let after: readonly Site[] = [];
    const recompile: Recompile = async (...input) => {
      const outcome = await request.recompile(...input);
      if ("sites" in outcome) after = outcome.sites;
      return outcome;
    };
    const { edit, proof } = proposal;
    const verdict = await verify({ edit, proof, site }, snapshot, before, recompile, signal);
    if (verdict.kind !== "holds") continue;
    const edited = applyEdit(edit, snapshot);
    return {
      applied: { site, proposal, verdict, original: pending.original },
      edited,
      state: { snapshot: withTexts(snapshot, edited), sites: after, goMinor },
    };
  }
  return undefined;
}

/** The snapshot as if the edit had been typed. */
function withTexts(snapshot: Snapshot, edited: ReadonlyMap<string, EditedText>): Snapshot {
  const files = new Map(snapshot.files);
  const texts = new Map(snapshot.texts);
  const overlays = new Map(snapshot.overlays);
  for (const [file, { text, source }] of edited) {
    files.set(file, { hash: hashOf(text), version: files.get(file)?.version ?? null });
    texts.set(file, source);
    overlays.set(file, text);
  }
  return { package: snapshot.package, files, texts, overlays };
}

function changedTexts(first: Snapshot, last: Snapshot): Map<string, string> {
  const changed = new Map<string, string>();
  for (const [file, { text }] of last.texts)
    if (first.texts.get(file)?.text !== text) changed.set(file, text);
  return changed;
}

/** Compiles all edits at once, from the first snapshot: the same must be found as behind the last one. */
async function verifyWhole(
  state: AnalyzedPackage,
  texts: ReadonlyMap<string, string>,
  first: Snapshot,
  recompile: Recompile,
  signal: AbortSignal,
): Promise<void> {
  const outcome = await recompile(first, texts, signal);
  signal.throwIfAborted();
  if ("error" in outcome) throw new WholeRejected(outcome.error);
  const [expected, actual] = [state.sites.filter(isReproducible), outcome.sites.filter(isReproducible)];
  // The texts are the same, so nothing has moved.
  const { added, removed } = compareSites(expected, actual, new Map(), state.snapshot);
  const surplus = added[0] ?? removed[0];
  if (surplus !== undefined) throw new WholeRejected(`${surplus.function}: ${surplus.expression}`);
}

/** Not left to how much of its explanations the compiler had the time to give. */
function isReproducible(site: Site): boolean {
  return !isCallWrapper(site);
}
