import { existsSync } from "node:fs";
import path from "node:path";
import { withDriveOf } from "../go/driveLetter.js";
import type { PackageVariant } from "../go/packages.js";
import type { ResolvePath } from "./outputParser.js";

/**
 * Makes absolute paths of those that `go list` and `go build` print, which are relative to `root`, the folder that the
 * command ran in. Go's cache replays text as it was first printed, so that a path can be relative to another folder; a
 * file of that name in the block's own package then stands in (cmd/go/internal/work, reportCmd).
 */
export function printedPathResolver(root: string, variants: readonly PackageVariant[]): ResolvePath {
  const byId = new Map(variants.map((variant) => [variant.id, variant]));
  return (printed, id) => {
    const absolute = withDriveOf(root, path.resolve(root, printed));
    const variant = id === undefined ? undefined : byId.get(id);
    if (variant === undefined || variant.files.includes(absolute)) return absolute;
    const own = path.join(variant.dir, path.basename(printed));
    return variant.files.includes(own) && !existsSync(absolute) ? own : absolute;
  };
}
