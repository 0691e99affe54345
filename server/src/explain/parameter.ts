/** What a function does with a parameter, in words. */
import * as l10n from "@vscode/l10n";
import type { ParameterInfo, ParameterLeak } from "../analysis/functionInfo.js";
import type { PassedTo } from "../analysis/passedTo.js";
import { lastCall } from "../analysis/passedTo.js";
import type { Site } from "../analysis/site.js";

const { t } = l10n;

/** Which parameter of the callee takes the value, and what becomes of it there; undefined where the callee is not known. */
export function passedToWords(site: Site, passed: PassedTo | undefined): string | undefined {
  if (passed === undefined) return standardParameter(site);
  const { function: callee, parameter } = passed;
  const written = `${parameter.name} ${parameter.type}`;
  const leak = leakWords(parameter);
  return leak === undefined
    ? t("`{0}` takes it as its parameter `{1}`.", callee.name, written)
    : t("`{0}` takes it as its parameter `{1}`, which {2}.", callee.name, written, leak);
}

/** What goes before the steps by which the parameter reaches the heap; undefined where these are not known. */
export function leakPathWords(passed: PassedTo | undefined): string | undefined {
  if (passed?.leakPath === undefined || passed.leakPath.length === 0) return undefined;
  return t("How `{0}` reaches the heap in `{1}`:", passed.parameter.name, passed.function.name);
}

/** `leaks to the heap`, `flows to the result err`; undefined where the parameter stays. The worst leak is told. */
export function leakWords({ leaks }: Pick<ParameterInfo, "leaks">): string | undefined {
  const worst = [...leaks].sort((a, b) => rank(a) - rank(b))[0];
  if (worst === undefined) return undefined;
  const { content, result } = worst;
  if (result === null) return content ? t("leaks what it points to to the heap") : t("leaks to the heap");
  const name = /^~r(\d+)$/.exec(result)?.[1] ?? result;
  return content ? t("leaks what it points to to result {0}", name) : t("leaks to result {0}", name);
}

/** For a hover on the parameter itself: what becomes of it, and how many calls pay. */
export function parameterWords(parameter: ParameterInfo, payingCalls: number): string | undefined {
  const leak = leakWords(parameter);
  if (leak === undefined) return undefined;
  const written = `${parameter.name} ${parameter.type}`;
  if (payingCalls === 0) return t("`{0}` {1}.", written, leak);
  return payingCalls === 1
    ? t("`{0}` {1}; one call in this package allocates for it.", written, leak)
    : t("`{0}` {1}; {2} calls in this package allocate for it.", written, leak, payingCalls);
}

/** The variadic parameters of the standard library's formatting functions: fmt, log, log/slog and testing. */
function standardParameter(site: Site): string | undefined {
  if (site.reason !== "boxed-formatting" || site.callee === null) return undefined;
  const name = lastCall(site)?.name ?? "";
  const parameter = parameters.find(([pattern]) => pattern.test(name))?.[1];
  return parameter && t("`{0}` takes it as its parameter `{1}`.", site.callee, parameter);
}

const parameters: readonly (readonly [RegExp, string])[] = [
  [/^fmt\.|^\(\*fmt\./, "a ...any"],
  [/^log\.|^\(\*log\.Logger\)/, "v ...any"],
  [/^slog\.|^\(\*slog\.Logger\)|^\(\*testing\./, "args ...any"],
];

function rank({ content, result }: ParameterLeak): number {
  return (result === null ? 0 : 2) + (content ? 1 : 0);
}
