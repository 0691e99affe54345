/** What the compile of one package says of another's files: generic functions are compiled where they are used. */
import type { Fact } from "../compiler/facts.js";
import type { GoPackage, PackageVariant } from "../go/packages.js";

export class FileOwners {
  /** By absolute path, and by the id of a variant. */
  readonly #files = new Map<string, GoPackage>();
  readonly #variants = new Map<string, GoPackage>();

  constructor(packages: readonly GoPackage[]) {
    for (const entry of packages) {
      for (const { id, files } of entry.variants) {
        this.#variants.set(id, entry);
        for (const file of files) this.#files.set(file, entry);
      }
    }
  }

  /** The package that a variant is of; undefined for one of none of the packages. */
  packageOf({ id }: PackageVariant): GoPackage | undefined {
    return this.#variants.get(id);
  }

  /**
   * The package that a fact of the variant is about, where that is another one of the packages than the variant's own. Of
   * errors it is not told: they are the variant's, wherever they are.
   */
  foreignTo(variant: PackageVariant, fact: Fact): GoPackage | undefined {
    const file = "position" in fact && fact.kind !== "error" ? fact.position.file : undefined;
    const owner = file === undefined ? undefined : this.#files.get(file);
    return owner === this.packageOf(variant) ? undefined : owner;
  }
}
