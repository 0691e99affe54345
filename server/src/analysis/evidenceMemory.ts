/**
 * What the machine code said of a package's sites, by their ids: an edit elsewhere, an undo and a line that is typed again
 * change nothing of it. So it is known at once, and only what is new has to wait for it.
 */
import { remember } from "../go/remember.js";
import { isSettled } from "./settled.js";
import type { Site } from "./site.js";

interface Proof extends Pick<Site, "allocates" | "when" | "evidence"> {
  /** It is reached only before a panic. */
  readonly isCold: boolean;
}

/** More than any package has sites. */
const capacity = 20_000;

/** Milliseconds after which a site is shown as it is: somebody who types without a pause gets to see it even so. */
const patience = 5000;

export class EvidenceMemory {
  readonly #proofs = new Map<string, Proof>();
  /** When sites began to wait, in milliseconds of the caller's clock. */
  readonly #waiting = new Map<string, number>();

  /** The sites with what is remembered; those that have to wait for it are marked. `now` in milliseconds. */
  recall(sites: readonly Site[], now: number): readonly Site[] {
    return sites.map((site) => {
      const proof = this.#proofs.get(site.id);
      if (proof !== undefined && isOf(proof, site)) return withProof(site, proof);
      return this.#hasToWait(site, now) ? { ...site, awaitsEvidence: true } : site;
    });
  }

  /** Takes sites of which all is known that can be. */
  learn(sites: readonly Site[]): void {
    for (const { id, allocates, when, evidence, context } of sites) {
      this.#waiting.delete(id);
      remember(this.#proofs, id, { allocates, when, evidence, isCold: context === "panic" }, capacity);
    }
  }

  #hasToWait(site: Site, now: number): boolean {
    if (isSettled(site)) return false;
    const since = this.#waiting.get(site.id) ?? now;
    remember(this.#waiting, site.id, since, capacity);
    return now - since < patience;
  }
}

const ordinary: ReadonlySet<Site["context"]> = new Set(["loop", "body", "error-return"]);

/** Whether a capacity is reserved before an append stands elsewhere, and an edit there changes what is true of it. */
function isOf(proof: Proof, site: Site): boolean {
  return reservedAs(proof.when) === reservedAs(site.when);
}

function reservedAs(when: string | null): string | null {
  return when === "len > cap" || when === "reserved" ? when : null;
}

/** What message and syntax are sure of is newer, and stays. */
function withProof(site: Site, { isCold, ...verdict }: Proof): Site {
  const context = isCold && ordinary.has(site.context) ? "panic" : site.context;
  return site.allocates === "no" ? site : { ...site, ...verdict, context, isRemembered: true };
}
