/**
 * Sites as they are kept for a whole workspace: without what only a hover tells, and with each text and each place once in
 * memory. A file that is opened is analyzed again.
 */
import { compare } from "./remap.js";
import type { Evidence, Site } from "./site.js";
import type { Range } from "../syntax/sourceText.js";

const nothing: readonly never[] = Object.freeze([]);

/** A site without what only a hover tells, which is most of it. */
export function light<T extends Pick<Site, "flow" | "compilerLines">>(site: T): T {
  return { ...site, flow: nothing, compilerLines: nothing };
}

export class LightSites {
  /** Most texts of a site are one of few (its kind, its reason), or those of its neighbors (its file, its function). */
  readonly #texts = new Map<string, string>();

  /** Fresh copies of the sites: the strings of a compile are parts of its whole output, which they would keep. */
  of(sites: readonly Site[]): readonly Site[] {
    return sites.map((site) => this.#copy(site));
  }

  #copy(site: Site): Site {
    const range = copyOf(site.range);
    return {
      ...light(site),
      id: fresh(site.id),
      package: this.#once(site.package),
      file: this.#once(site.file),
      function: this.#once(site.function),
      range,
      nodeRange: isSameRange(site.range, site.nodeRange) ? range : copyOf(site.nodeRange),
      expression: this.#once(site.expression),
      source: this.#once(site.source),
      when: this.#onceOrNull(site.when),
      evidence: site.evidence.length === 0 ? nothing : site.evidence.map((each) => this.#copyEvidence(each)),
      inlinedFrom: this.#onceOrNull(site.inlinedFrom),
      callee: this.#onceOrNull(site.callee),
      ...(site.allowed !== undefined && { allowed: this.#once(site.allowed) }),
    };
  }

  #copyEvidence({ call, type, bytes }: Evidence): Evidence {
    return { call: this.#once(call), type: this.#onceOrNull(type), bytes };
  }

  #onceOrNull(text: string | null): string | null {
    return text === null ? null : this.#once(text);
  }

  #once(text: string): string {
    const known = this.#texts.get(text);
    if (known !== undefined) return known;
    const own = fresh(text);
    this.#texts.set(own, own);
    return own;
  }
}

/** The same text, and no part of another one any longer: only what is written and read anew is sure to be so. */
function fresh(text: string): string {
  return JSON.parse(JSON.stringify(text)) as string;
}

function copyOf({ start, end }: Range): Range {
  return {
    start: { line: start.line, character: start.character },
    end: { line: end.line, character: end.character },
  };
}

function isSameRange(one: Range, other: Range): boolean {
  return compare(one.start, other.start) === 0 && compare(one.end, other.end) === 0;
}
