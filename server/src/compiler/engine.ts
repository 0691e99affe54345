import type { Overlays, PackageVariant } from "../go/packages.js";
import type { CompilerPosition, Fact } from "./facts.js";
import type { ParameterLeaks } from "./parameterLeaks.js";

/** A way to run the compiler over variants of packages. */
export interface Engine {
  /**
   * Compiles the variants and yields what the compiler says, each variant's facts behind its PackageFact.
   *
   * All variants must share one `root`. Overlays replace files by absolute path. A package that does not compile
   * yields an ErrorFact; the others are not disturbed. Throws GoCommandError where the go command itself fails, and
   * ends with an AbortError, all processes gone, when the signal fires.
   *
   * @param bases The variants that external tests among `variants` may be based on; the variants themselves unless given.
   * @param only A file (absolute path) that is explained whatever it takes, while nothing is said of the others.
   */
  compile(
    variants: readonly PackageVariant[],
    overlays: Overlays,
    signal: AbortSignal,
    bases?: readonly PackageVariant[],
    only?: string,
  ): AsyncIterable<Fact>;

  /**
   * A key of all that the result depends on beside the texts of the package's own files; undefined where the engine
   * cannot tell. Rejects as `compile` throws.
   */
  keyOf(
    variants: readonly PackageVariant[],
    overlays: Overlays,
    signal: AbortSignal,
  ): Promise<string | undefined>;

  /**
   * What the compiler writes with `-S=2` for a variant, in pieces cut anywhere; undefined where it cannot be had. `bases`
   * as for `compile`. Iterating throws GoCommandError where the variant does not compile, and AbortError.
   */
  assemblyOf(
    variant: PackageVariant,
    overlays: Overlays,
    signal: AbortSignal,
    bases: readonly PackageVariant[],
  ): Promise<AsyncIterable<string> | undefined>;

  /**
   * Why the parameter at a place leaks, of a function that the variant declares or instantiates, with the flows of the
   * parameters that it may be passed on to; undefined where it does not leak, or that cannot be had, or only from more
   * text than is read for it. Rejects with AbortError.
   */
  leaksOf(
    variant: PackageVariant,
    overlays: Overlays,
    parameter: CompilerPosition,
    signal: AbortSignal,
  ): Promise<ParameterLeaks | undefined>;

  /**
   * What the compiler says with flows of an excerpt of a variant, in groups; undefined where it cannot be called directly.
   * Iterating throws as that of `compile`.
   *
   * @param overlays Those that the variant itself is compiled with.
   * @param texts The excerpt's texts of the variant's files, by absolute path; those of the others are the variant's.
   */
  excerptOf(
    variant: PackageVariant,
    overlays: Overlays,
    texts: Overlays,
    signal: AbortSignal,
  ): Promise<AsyncIterable<readonly Fact[]> | undefined>;

  /** Whether the package in a folder (absolute path) is one that the variant was last compiled with. */
  dependsOn(variant: PackageVariant, dir: string): boolean;
}
