/**
 * Sites as they are kept for a whole workspace: without what only a hover tells, and with each text and each place once in
 * memory. A file that is opened is analyzed again.
 */
import { compare } from "./remap.js";
import type { Site } from "./site.js";
import type { Range } from "../syntax/sourceText.js";

const nothing: readonly never[] = Object.freeze([]);

export class LightSites {
  /** Most texts of a site are one of few (its kind, its reason), or those of its neighbors (its file, its function). */
  readonly #texts = new Map<string, string>();

  /** Fresh copies of the sites: the strings of a compile are parts of its whole output, which they would keep. */
  of(sites: readonly Site[]): readonly Site[] {
    const light = sites.map((site) => ({ ...site, flow: nothing, compilerLines: nothing }));
    const once = (_key: string, value: unknown) => (typeof value === "string" ? this.#once(value) : value);
    const copies = JSON.parse(JSON.stringify(light), once) as Site[];
    return copies.map((site) => ({
      ...site,
      nodeRange: isSameRange(site.range, site.nodeRange) ? site.range : site.nodeRange,
      evidence: site.evidence.length === 0 ? nothing : site.evidence,
      flow: nothing,
      compilerLines: nothing,
    }));
  }

  #once(text: string): string {
    const known = this.#texts.get(text);
    if (known === undefined) this.#texts.set(text, text);
    return known ?? text;
  }
}

function isSameRange(one: Range, other: Range): boolean {
  return compare(one.start, other.start) === 0 && compare(one.end, other.end) === 0;
}
