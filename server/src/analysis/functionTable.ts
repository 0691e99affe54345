/** The functions of analyzed files, at their present places: made when somebody asks, since few editors do. */
import type { CompilerPosition } from "../compiler/facts.js";
import type { DeclaredFacts } from "../compiler/fileFacts.js";
import type { Range, SourceText } from "../syntax/sourceText.js";
import { type FunctionInfo, functionsOfFile } from "./functionInfo.js";
import { remapRange, type TextChange } from "./remap.js";

export interface AnalyzedFile {
  /** Absolute path. */
  readonly file: string;
  readonly importPath: string;
  /** As it was compiled. */
  readonly source: SourceText;
  readonly facts: DeclaredFacts;
  /** Where calls were inlined. */
  readonly inlinedCalls: readonly CompilerPosition[];
}

interface Entry {
  readonly analyzed: AnalyzedFile;
  /** Edits since `functions`, oldest first. */
  changes: TextChange[];
  functions: readonly FunctionInfo[] | undefined;
}

export class FunctionTable {
  readonly #files = new Map<string, Entry>();

  /** Takes what a new analysis knows of a file, in place of what is known; `since` are the edits since its text. */
  put(analyzed: AnalyzedFile, since: readonly TextChange[] = []): void {
    this.#files.set(analyzed.file, { analyzed, changes: [...since], functions: undefined });
  }

  /** The document was edited: functions follow their text. */
  edit(file: string, changes: readonly TextChange[]): void {
    this.#files.get(file)?.changes.push(...changes);
  }

  /** Forgets files, such as those of a package that is gone. */
  forget(files: Iterable<string>): void {
    for (const file of files) this.#files.delete(file);
  }

  /** The functions of a file in source order; none where nothing is known. */
  of(file: string): readonly FunctionInfo[] {
    const entry = this.#files.get(file);
    return entry === undefined ? [] : current(entry);
  }

  /** The function of the file's package with this name, as the compiler writes it (`F`, `(*T).M`). */
  named(file: string, name: string): FunctionInfo | undefined {
    const importPath = this.#files.get(file)?.analyzed.importPath;
    if (importPath === undefined) return undefined;
    for (const entry of this.#files.values()) {
      if (entry.analyzed.importPath !== importPath) continue;
      const found = current(entry).find((each) => each.name === name);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  /** All methods of the file's package with this name, whatever their receiver. */
  methods(file: string, name: string): readonly FunctionInfo[] {
    return this.filesBeside(file)
      .flatMap((each) => this.of(each))
      .filter((each) => each.receiver !== null && each.name.endsWith(`.${name}`));
  }

  /** The files of the package that a file belongs to. */
  filesBeside(file: string): readonly string[] {
    const importPath = this.#files.get(file)?.analyzed.importPath;
    return [...this.#files.values()].flatMap(({ analyzed }) =>
      analyzed.importPath === importPath ? [analyzed.file] : [],
    );
  }
}

function current(entry: Entry): readonly FunctionInfo[] {
  let functions = entry.functions ?? functionsOfFile(entry.analyzed);
  for (const change of entry.changes) functions = functions.flatMap((each) => remapped(each, change));
  entry.changes = [];
  entry.functions = functions;
  return functions;
}

/** A function goes with its name; its body may change, and what is known of it then is of the text before. */
function remapped(info: FunctionInfo, change: TextChange): FunctionInfo[] {
  const nameRange = remapRange(info.nameRange, change);
  const range = stretched(info.range, change);
  if (nameRange === undefined || range === undefined) return [];
  const parameters = info.parameters.flatMap((parameter) => {
    const place = remapRange(parameter.range, change);
    return place === undefined ? [] : [{ ...parameter, range: place }];
  });
  return [{ ...info, nameRange, range, parameters }];
}

function stretched(range: Range, change: TextChange): Range | undefined {
  const start = remapRange({ start: range.start, end: range.start }, change)?.start;
  const end = remapRange({ start: range.end, end: range.end }, change)?.end;
  return start === undefined || end === undefined ? undefined : { start, end };
}
