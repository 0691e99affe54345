/** What becomes of the parameter under the cursor, for who asked for it in the settings. */
import { type Hover, MarkupKind } from "vscode-languageserver/node";
import { type FunctionInfo, functionAt, type ParameterInfo } from "../analysis/functionInfo.js";
import type { FunctionTable } from "../analysis/functionTable.js";
import { passedTo } from "../analysis/passedTo.js";
import { touches } from "../analysis/remap.js";
import type { Results } from "../analysis/results.js";
import type { Site } from "../analysis/site.js";
import type { Capabilities } from "../capabilities.js";
import { sentence } from "../explain/markdown.js";
import { parameterWords } from "../explain/parameter.js";
import type { Position } from "../syntax/sourceText.js";

export interface ParameterHoverOptions {
  readonly results: Pick<Results, "of">;
  readonly capabilities: Capabilities;
  readonly functions: FunctionTable;
  /** Whether a hover on a parameter says what becomes of it. */
  explainsParameters?(uri: string): Promise<boolean>;
}

/** The hover of the parameter at a position of a document (`file` is its path); null where there is none to explain. */
export async function parameterHover(
  uri: string,
  file: string,
  position: Position,
  options: ParameterHoverOptions,
): Promise<Hover | null> {
  const { functions, results } = options;
  const info = functionAt(functions.of(file), position);
  const parameter = info?.parameters.find(({ range }) => touches(range, position));
  if (info === undefined || parameter === undefined) return null;
  if ((await options.explainsParameters?.(uri)) !== true) return null;
  const sites = functions.filesBeside(file).flatMap((each) => results.of(each)?.sites ?? []);
  const paying = sites.filter((site) => pays(site, info, parameter, functions));
  const words = parameterWords(parameter, paying.length);
  if (words === undefined) return null;
  const { markdownHover } = options.capabilities;
  const kind = markdownHover ? MarkupKind.Markdown : MarkupKind.PlainText;
  return { contents: { kind, value: markdownHover ? sentence(words) : words }, range: parameter.range };
}

/** Whether the site allocates because its value goes to this parameter. */
function pays(site: Site, info: FunctionInfo, parameter: ParameterInfo, functions: FunctionTable): boolean {
  if (site.allocates === "no") return false;
  const passed = passedTo(site, (name) => functions.named(site.file, name));
  return passed?.function.name === info.name && passed.parameter.index === parameter.index;
}
