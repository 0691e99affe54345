/** Where the steps of flows are, in the file that is analyzed. */
import type { FlowStep } from "../compiler/facts.js";
import { placeKey } from "../compiler/placeKey.js";
import { type FlowingValue, flowPlaceOf, type StepPlace, stepPlaceOf } from "../syntax/flowPlaces.js";
import type { GoTree } from "../syntax/goSyntax.js";
import type { Range } from "../syntax/sourceText.js";
import type { Sink } from "./reason.js";
import type { SiteFlowStep } from "./site.js";
import { stepAt } from "./stepAt.js";

export interface PlacedFlow {
  readonly steps: readonly SiteFlowStep[];
  /** What stands at the last step; null where that is in another file, or nowhere. */
  readonly sink: Sink | null;
}

export class FlowSteps {
  readonly #file: string;
  readonly #tree: GoTree;
  /** By place, of steps whose reason says nothing of their range: the values of a table go one way. */
  readonly #ranges = new Map<string, Range | undefined>();

  /** @param file Absolute path. */
  constructor(file: string, tree: GoTree) {
    this.#file = file;
    this.#tree = tree;
  }

  /** The steps at their expressions; in other files, whose text is not at hand, at the places that the compiler names. */
  of(steps: readonly FlowStep[], value: FlowingValue): PlacedFlow {
    const last = steps.at(-1);
    if (last?.position?.file !== this.#file)
      return { steps: steps.map((step) => this.#placed(step)), sink: null };
    const place = flowPlaceOf(this.#tree, { ...last.position, reason: last.reason, value });
    const placed = steps.map((step) => (step === last ? this.#at(step, place) : this.#placed(step)));
    const sink = place === undefined ? null : { assignedTo: place.assignedTo, callee: place.callee };
    return { steps: placed, sink };
  }

  #placed(step: FlowStep): SiteFlowStep {
    const { position, reason, text } = step;
    if (position?.file !== this.#file) return stepAt(step);
    if (reason.startsWith("range")) return this.#at(step, stepPlaceOf(this.#tree, { ...position, reason }));
    const key = placeKey(position);
    let range = this.#ranges.get(key);
    if (range === undefined && !this.#ranges.has(key)) {
      range = this.#rangeOf(stepPlaceOf(this.#tree, { ...position, reason }));
      this.#ranges.set(key, range);
    }
    return range === undefined ? stepAt(step) : { reason, text, file: position.file, range };
  }

  /** The compiler says "for loop" of all that a range clause assigns to. */
  #at(step: FlowStep, place: StepPlace | undefined): SiteFlowStep {
    const range = this.#rangeOf(place);
    if (range === undefined) return stepAt(step);
    return { reason: step.reason, text: place?.element ?? step.text, file: this.#file, range };
  }

  #rangeOf(place: StepPlace | undefined): Range | undefined {
    return place && this.#tree.source.range(place.range.start, place.range.end);
  }
}
