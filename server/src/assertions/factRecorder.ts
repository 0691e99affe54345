/** Keeps what assertions need of what the compiler says. */
import type { CompilerPosition, Fact, InlineFact } from "../compiler/facts.js";

export class FactRecorder {
  readonly inlinedCalls: CompilerPosition[] = [];
  readonly inlining: InlineFact[] = [];
  /** Whether any text asserts something about inlining. */
  readonly keepsInlining: boolean;

  /** @param keepsInlining Whether any text asserts something about inlining; there are many such facts. */
  constructor(keepsInlining: boolean) {
    this.keepsInlining = keepsInlining;
  }

  /** Takes what is needed of a fact. */
  record(fact: Fact): void {
    if (!this.keepsInlining) return;
    if (fact.kind === "inlined-call") this.inlinedCalls.push(fact.position);
    else if (fact.kind === "inline") this.inlining.push(fact);
  }
}
