/** Fixes as they can be offered: proposals of the syntax with the compiler's verdict on each. */
import { setMaxListeners } from "node:events";
import type { AnalyzedPackage } from "../analysis/analyzer.js";
import type { TypeQuestion } from "../analysis/operandTypes.js";
import type { Site } from "../analysis/site.js";
import type { Snapshot } from "../analysis/snapshot.js";
import { unlessAborted } from "../analysis/unlessAborted.js";
import type { Verdicts } from "../analysis/verdicts.js";
import type { Claim, Verdict } from "../analysis/verify.js";
import { isAbortError } from "../go/commandError.js";
import { readFilesBeside } from "./filesBeside.js";
import type { FixId, Proposal, Refusal } from "./fix.js";
import { type Format, formattedEdit } from "./formattedEdit.js";
import { mayHaveFixes, proposeFixes } from "./proposals.js";

/** A fix that holds. */
export interface Offer {
  readonly site: Site;
  readonly proposal: Proposal;
  readonly verdict: Extract<Verdict, { kind: "holds" }>;
}

/** A fix that does not: refused by the syntax, or by the compiler. */
export interface Rejection {
  readonly site: Site;
  readonly fix: FixId;
  readonly reason: Refusal | Exclude<Verdict, { kind: "holds" }>;
}

/** A fix that the compiler has not checked yet. */
export type Unchecked = Omit<Offer, "verdict">;

export interface Offers {
  readonly offers: readonly Offer[];
  readonly rejections: readonly Rejection[];
  /** Those for which the time was too short. */
  readonly unchecked: readonly Unchecked[];
}

const nothing: Offers = { offers: [], rejections: [], unchecked: [] };

interface Proposed {
  readonly proposals: readonly Proposal[];
  readonly refusals: readonly Refusal[];
}

export class FixOffers {
  readonly #verdicts: Verdicts;
  readonly #format: Format;
  /** Those that hold, in their final form. */
  readonly #formatted = new WeakMap<Proposal, Promise<Proposal>>();
  /** Proposals cost parsing, and are the same for the same snapshot. */
  readonly #proposed = new WeakMap<Snapshot, Map<string, Promise<Proposed>>>();
  readonly #beside = new WeakMap<Snapshot, Promise<ReadonlyMap<string, string>>>();

  /** `format` has the last word on what a fix that holds writes; it stays as it is unless given. */
  constructor(verdicts: Verdicts, format: Format = (_file, _before, after) => Promise.resolve(after)) {
    this.#verdicts = verdicts;
    this.#format = format;
  }

  /**
   * What can be offered for a site of the package. What is verified already comes at once, the rest is compiled; when the
   * signal fires first, the offers that are known by then are returned, and the compiler goes on for the next question.
   * Proposals that are not `wanted` are not compiled, and neither offered nor rejected.
   */
  async of(
    site: Site,
    analyzed: AnalyzedPackage,
    signal: AbortSignal,
    wanted: (proposal: Proposal) => boolean = () => true,
  ): Promise<Offers> {
    if (!mayHaveFixes(site)) return nothing;
    // Each fix listens to it, of which a menu may have many.
    setMaxListeners(0, signal);
    const proposed = await unlessOutOfTime(this.#propose(site, analyzed), signal);
    if (proposed === undefined) return nothing;
    const { refusals } = proposed;
    const proposals = proposed.proposals.filter(wanted);
    const judged = await Promise.all(
      proposals.map((proposal) => this.#judge({ site, proposal }, analyzed, signal)),
    );
    const offers: Offer[] = [];
    const unchecked: Unchecked[] = [];
    const rejections: Rejection[] = refusals.map((reason) => ({ site, fix: reason.fix, reason }));
    for (const each of judged) {
      if ("reason" in each) rejections.push(each);
      else if ("verdict" in each) offers.push(each);
      else unchecked.push(each);
    }
    return { offers, rejections, unchecked };
  }

  async #judge(
    { site, proposal }: Unchecked,
    analyzed: AnalyzedPackage,
    signal: AbortSignal,
  ): Promise<Offer | Rejection | Unchecked> {
    const { edit, proof } = proposal;
    if (proof === "none") return { site, proposal, verdict: unverified };
    const verdict = await this.#verdict({ edit, proof, site }, analyzed, signal);
    if (verdict === undefined) return { site, proposal };
    if (verdict.kind !== "holds") return { site, fix: proposal.fix, reason: verdict };
    const final = await unlessOutOfTime(this.#inFinalForm(proposal, analyzed.snapshot), signal);
    return final === undefined ? { site, proposal } : { site, proposal: final, verdict };
  }

  #inFinalForm(proposal: Proposal, snapshot: Snapshot): Promise<Proposal> {
    const known = this.#formatted.get(proposal);
    if (known !== undefined) return known;
    const formatted = formattedEdit(proposal.edit, snapshot, this.#format).then((edit) => ({
      ...proposal,
      edit,
    }));
    this.#formatted.set(proposal, formatted);
    formatted.catch(() => this.#formatted.delete(proposal));
    return formatted;
  }

  /**
   * What the syntax proposes for a site of a text that is still being analyzed, none of it checked. The compiler is left to
   * the analysis: a fix that cannot do without types is not among them.
   */
  async ahead(site: Site, { snapshot, sites, goMinor }: AnalyzedPackage): Promise<Offers> {
    if (!mayHaveFixes(site)) return nothing;
    const filesBeside = await this.#filesBeside(snapshot);
    const typesOf = () => Promise.resolve(undefined);
    const all = await proposeFixes({ site, snapshot, sites, goMinor, filesBeside }, typesOf);
    const { proposals } = sorted(all);
    const offers: Offer[] = [];
    const unchecked: Unchecked[] = [];
    for (const proposal of proposals) {
      if (proposal.proof === "none") offers.push({ site, proposal, verdict: unverified });
      else unchecked.push({ site, proposal });
    }
    return { offers, rejections: [], unchecked };
  }

  /**
   * Verifies the fixes of the given sites one after the other, so that a menu finds them ready. Resolves when all are
   * known, or the signal has fired; a compiler that cannot be run is not reported here, but when somebody asks.
   */
  async prepare(sites: readonly Site[], analyzed: AnalyzedPackage, signal: AbortSignal): Promise<void> {
    this.#verdicts.overtake(analyzed.snapshot);
    for (const site of sites) {
      if (signal.aborted) return;
      await this.of(site, analyzed, signal).catch(() => undefined);
    }
  }

  async #verdict(claim: Claim, analyzed: AnalyzedPackage, signal: AbortSignal): Promise<Verdict | undefined> {
    const known = this.#verdicts.known(claim, analyzed.snapshot);
    if (known !== undefined) return known;
    try {
      return await this.#verdicts.verify(
        claim,
        analyzed.snapshot,
        analyzed.compared ?? analyzed.sites,
        signal,
      );
    } catch (error) {
      if (signal.aborted || isAbortError(error)) return undefined;
      throw error;
    }
  }

  async #propose(site: Site, analyzed: AnalyzedPackage): Promise<Proposed> {
    const { snapshot, sites, goMinor } = analyzed;
    const bySite = this.#proposed.get(snapshot) ?? new Map<string, Promise<Proposed>>();
    this.#proposed.set(snapshot, bySite);
    const key = `${site.file}\0${site.id}`;
    let proposed = bySite.get(key);
    if (proposed === undefined) {
      const typesOf = (question: TypeQuestion) => this.#verdicts.typesOf(question, snapshot);
      proposed = this.#filesBeside(snapshot)
        .then((filesBeside) => proposeFixes({ site, snapshot, sites, goMinor, filesBeside }, typesOf))
        .then(sorted);
      bySite.set(key, proposed);
      // What failed is not remembered: the next question tries again.
      proposed.catch(() => bySite.delete(key));
    }
    return proposed;
  }

  #filesBeside(snapshot: Snapshot): Promise<ReadonlyMap<string, string>> {
    const beside = this.#beside.get(snapshot) ?? readFilesBeside(snapshot);
    this.#beside.set(snapshot, beside);
    return beside;
  }
}

/** Undefined when the signal fires first; the work goes on for the next question. */
async function unlessOutOfTime<Result>(
  work: Promise<Result>,
  signal: AbortSignal,
): Promise<Result | undefined> {
  try {
    return await unlessAborted(work, signal);
  } catch (error) {
    if (signal.aborted || isAbortError(error)) return undefined;
    throw error;
  }
}

/** Of a fix that claims nothing there is nothing to verify. */
const unverified: Extract<Verdict, { kind: "holds" }> = { kind: "holds", removed: [], added: [] };

function sorted(all: readonly (Proposal | Refusal)[]): Proposed {
  return {
    proposals: all.filter((each): each is Proposal => "edit" in each),
    refusals: all.filter((each): each is Refusal => "refusal" in each),
  };
}
