/** A site as the gate sees it: what a report's JSON says of it, so that merged reports go through the same gate. */
import type { ReasonCode } from "../analysis/reasonCodes.js";
import type { Allocates, SiteContext, SiteKind } from "../analysis/site.js";

export interface GateSite {
  readonly id: string;
  /** Import path. */
  readonly package: string;
  /** As it is reported: relative to the folder of the command, with slashes. */
  readonly file: string;
  readonly function: string;
  readonly kind: SiteKind;
  readonly expression: string;
  readonly reason: ReasonCode;
  readonly context: SiteContext;
  readonly allocates: Allocates;
  readonly when: string | null;
  /** From `surroundingsOf`; null where the source is not at hand. */
  readonly surroundings: string | null;
}
