/** Which of a package's variants have to be compiled for their assembly. */
import type { PackageVariant } from "../go/packages.js";

/** All but the plain one where another has its files and its import path, too: the one with in-package tests. */
export function neededVariants(variants: readonly PackageVariant[]): PackageVariant[] {
  return variants.filter(
    (variant) =>
      !variants.some(
        (other) =>
          other !== variant &&
          other.importPath === variant.importPath &&
          other.files.length > variant.files.length &&
          variant.files.every((file) => other.files.includes(file)),
      ),
  );
}
