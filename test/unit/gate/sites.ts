/** Sites for tests of the gate: what is not given is as in a plain finding. */
import type { GateSite } from "../../../server/src/gate/gateSite.js";

export function gateSite(given: Partial<GateSite> = {}): GateSite {
  return {
    id: "a",
    package: "example.com/m",
    file: "m.go",
    function: "F",
    kind: "escapes",
    expression: "x",
    reason: "boxed-argument",
    context: "body",
    allocates: "unknown",
    when: null,
    surroundings: "s",
    ...given,
  };
}
