/** Hears what an engine says, and keeps what assertions need, without disturbing the analysis that asked for it. */
import type { Engine } from "../compiler/engine.js";
import type { CompilerPosition, Fact, InlineFact } from "../compiler/facts.js";

export class FactRecorder {
  readonly inlinedCalls: CompilerPosition[] = [];
  readonly inlining: InlineFact[] = [];
  /** Absolute paths of the files that verdicts were about. */
  readonly files = new Set<string>();
  readonly #keepsInlining: boolean;

  /** @param keepsInlining Whether any text asserts something about inlining; there are many such facts. */
  constructor(keepsInlining: boolean) {
    this.#keepsInlining = keepsInlining;
  }

  /** The engine, listened to. */
  listenTo(engine: Engine): Engine {
    const record = (fact: Fact) => {
      this.#record(fact);
    };
    return {
      async *compile(variants, overlays, signal) {
        for await (const fact of engine.compile(variants, overlays, signal)) {
          record(fact);
          yield fact;
        }
      },
      keyOf: (variants, overlays, signal) => engine.keyOf(variants, overlays, signal),
      dependsOn: (variant, dir) => engine.dependsOn(variant, dir),
    };
  }

  #record(fact: Fact): void {
    if (fact.kind === "heap") this.files.add(fact.position.file);
    if (!this.#keepsInlining) return;
    if (fact.kind === "inlined-call") this.inlinedCalls.push(fact.position);
    else if (fact.kind === "inline") this.inlining.push(fact);
  }
}
