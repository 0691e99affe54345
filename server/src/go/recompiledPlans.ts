/**
 * Plans for packages that are compiled anew for another one's tests: where p's external tests import q, and q imports p, go
 * compiles q once more, against p with its in-package tests (cmd/go/internal/load/test.go, recompileForTest).
 */
import { type CompilePlan, type Exports, isBase, planCompile } from "./compilePlan.js";
import type { ListedPackage } from "./listOutput.js";

/**
 * The plans of all that has to be compiled before a variant and that go has not built, each behind those that it imports;
 * packages that cannot be compiled directly are missing, so that `planCompile` says so.
 *
 * @param byId All that was listed (`go list -deps -test`), by id.
 */
export function recompiledFor(
  listed: ListedPackage,
  byId: ReadonlyMap<string, ListedPackage>,
  exports: Exports,
): CompilePlan[] {
  const found = new Map<string, CompilePlan>();
  const seen = new Set([listed.ImportPath]);
  const visit = ({ Imports = [] }: ListedPackage): void => {
    for (const id of Imports) {
      const imported = byId.get(id);
      if (imported === undefined || seen.has(id) || exports.has(id)) continue;
      seen.add(id);
      if (imported.ForTest !== listed.ForTest || isBase(id, listed)) continue;
      visit(imported);
      const outcome = planCompile(imported, exports, [], [...found.values()]);
      // Each plan of the list is compiled before the next one, so that none has to name its own.
      if ("plan" in outcome) found.set(id, { ...outcome.plan, recompiled: [] });
    }
  };
  if ((listed.ForTest ?? "") !== "") visit(listed);
  return [...found.values()];
}
