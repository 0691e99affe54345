/**
 * Bodies that let a function's parameters go where they go in the real one, and do nothing else. The compiler follows values
 * through conversions of unsafe pointers (cmd/compile/internal/escape, expr of OCONVNOP), so that no type has to be known
 * but those of results.
 */
import type { ParameterTarget } from "../compiler/calleeSummaries.js";
import type { FunctionBody } from "../syntax/functionBodies.js";
import { wordsOf } from "../syntax/words.js";

const pointer = "goEscapeLensPointer";
const heap = "goEscapeLensHeap";
const choice = "goEscapeLensChoice";

/** What stand-ins need in one file of their package: behind its package clause, on the same line, and at its end. */
export const standInPrelude = {
  head: `; import goEscapeLensUnsafe "unsafe"`,
  tail: `\ntype ${pointer} = goEscapeLensUnsafe.Pointer\nvar ${heap} ${pointer}\nvar ${choice} bool\n`,
} as const;

/**
 * The body for a function of a file's text, on one line; undefined where only the real one will do: for one on a single line,
 * as a stand-in needs a line of its own for a directive, and for results whose types cannot be written in the body.
 */
export function standInFor(
  { body, isAlone, parameters, declared, results }: FunctionBody,
  text: string,
  targets: readonly ParameterTarget[],
): string | undefined {
  if (!isAlone || !text.slice(body.start, body.end).includes("\n")) return undefined;
  const statements: string[] = [];
  const byResult = new Map(results.map((result) => [result.name, result]));
  if (byResult.has("_")) return undefined;
  const isWritable = ({ type }: { readonly type: string }) =>
    !type.includes("\n") && ![...wordsOf(type).free].some((word) => declared.has(word));
  for (const { name, to, derefs } of shortest(targets, (target) => byResult.has(target))) {
    if (!parameters.has(name)) return undefined;
    const stars = "*".repeat(derefs + 1);
    const value = (type: string) => `${stars}(${stars}${type})(${pointer}(&${name}))`;
    if (!byResult.has(to)) statements.push(`${heap} = ${value(pointer)}`);
    else if (!results.every(isWritable)) return undefined;
    else {
      const values = results.map((result) =>
        result.name === to ? value(`(${result.type})`) : `*new(${result.type})`,
      );
      statements.push(`if ${choice} { return ${values.join(", ")} }`);
    }
  }
  return `{${[...statements, "for{}"].join("; ")}}`;
}

/** One target for each parameter and result, and one for the heap, which is whatever is no result. */
function shortest(
  targets: readonly ParameterTarget[],
  isResult: (name: string) => boolean,
): ParameterTarget[] {
  const kept = new Map<string, ParameterTarget>();
  for (const target of targets) {
    const to = isResult(target.to) ? target.to : "{heap}";
    const key = `${target.name} ${to}`;
    const known = kept.get(key);
    if (known === undefined || target.derefs < known.derefs) kept.set(key, { ...target, to });
  }
  return [...kept.values()];
}
