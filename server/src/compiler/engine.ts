import type { Overlays, PackageVariant } from "../go/packages.js";
import type { Fact } from "./facts.js";

/** A way to run the compiler over variants of packages. */
export interface Engine {
  /**
   * Compiles the variants and yields what the compiler says, each variant's facts behind its PackageFact.
   *
   * All variants must share one `root`. Overlays replace files by absolute path. A package that does not compile
   * yields an ErrorFact; the others are not disturbed. Throws GoCommandError where the go command itself fails, and
   * ends with an AbortError, all processes gone, when the signal fires.
   */
  compile(variants: readonly PackageVariant[], overlays: Overlays, signal: AbortSignal): AsyncIterable<Fact>;
}
