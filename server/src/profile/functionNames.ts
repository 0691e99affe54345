/** The names that the runtime gives to functions, taken apart (cmd/internal/objabi, PathToPrefix; runtime/symtab.go). */

export interface FunctionName {
  /** Import path; `main` for every main program, with `_test` behind it for external tests. */
  readonly package: string;
  /** The declared function as the compiler writes it in messages (`F`, `T.M`, `(*T).M`), or `init` for package variables. */
  readonly declared: string;
}

/** Undefined for names that are no Go function's. */
export function parseFunctionName(name: string): FunctionName | undefined {
  const plain = name.replace(/\[[^\]]*\]/g, "");
  const slash = plain.lastIndexOf("/");
  const dot = plain.indexOf(".", slash + 1);
  if (dot < 0) return undefined;
  // In the last element of a path dots are written %2e, or the package's end could not be told.
  const path = plain
    .slice(0, dot)
    .replace(/%([0-9a-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return { package: path, declared: declaredOf(plain.slice(dot + 1)) };
}

/** `(*T).M.func1.2` → `(*T).M`: closures, wrappers and the bodies of range functions belong to what declares them. */
function declaredOf(local: string): string {
  const [first = "", second = ""] = local.split(/\.(?![^(]*\))/);
  if (first === "init" || first === "glob" || first === "") return "init";
  if (second === "" || isGenerated(second)) return first;
  return `${first}.${second.replace(/-(?:fm|range\d+)$/, "")}`;
}

/** Numbered names of closures and wrappers (cmd/compile/internal/ir/func.go, closureName). */
function isGenerated(part: string): boolean {
  return /^(?:func\d+|gowrap\d+|deferwrap\d+|\d+|init|main)?(?:-fm|-range\d+)?$/.test(part);
}

/** Without the folders of its import path: `order.(*T).M`. */
export function shortFunctionName(name: string): string {
  const plain = name.replace(/\[[^\]]*\]/g, "");
  return plain.slice(plain.lastIndexOf("/") + 1);
}
