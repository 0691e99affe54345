/**
 * The stable codes that say why a site is on the heap. They are part of the contract (JSON, SARIF, settings,
 * baselines, pages in docs/): a code may be added, none is ever renamed.
 */
export const reasonCodes = [
  // Where the value goes.
  "return-address",
  "returned",
  "returned-interface",
  "stored-field",
  "stored-global",
  "stored-map",
  "stored-slice",
  "stored-element",
  "stored-pointer",
  "stored-literal",
  "appended",
  "sent-channel",
  "captured-reference",
  "goroutine",
  "defer-loop",
  "outlives-loop",
  "outlives-scope",
  "unknown-callee",
  "leaking-argument",
  "reflection",
  "panic-argument",
  // Values that an interface holds.
  "boxed-constant",
  "boxed-formatting",
  "boxed-argument",
  "boxed-store",
  // What the value is.
  "method-value",
  "variable-size",
  "too-large",
  "zero-size",
  "append-growth",
  // What allocates without a message of the compiler.
  "channel",
  "map",
  "map-growth",
  "string-concatenation",
  "string-conversion",
  "other",
] as const;

export type ReasonCode = (typeof reasonCodes)[number];
