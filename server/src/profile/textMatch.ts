/**
 * Finds the lines of a profile in the text that is there now. A profile has line numbers and no text, but it tells where
 * each function began: a text is the one that was built when all its functions begin there.
 */
import { diffLines, linesOf } from "../syntax/lineDiff.js";
import { functionsOf } from "../syntax/functionList.js";
import { SourceText } from "../syntax/sourceText.js";
import { withTree } from "../syntax/treeSitter.js";
import { parseFunctionName } from "./functionNames.js";
import type { ProfileLine } from "./profileLines.js";

/** Texts of one file. */
export interface FileTexts {
  /** As it is now. */
  readonly present: string;
  /** What may have been built, the likeliest first; `present` may be among them. */
  readonly candidates: readonly string[];
}

export interface MatchedLine {
  readonly line: ProfileLine;
  /** In the present text, from 0; undefined where the text has changed so that nothing true can be said. */
  readonly index: number | undefined;
}

/** From lines of the text that was built (from 1) to lines of the present one (from 0). */
type Mapping = (line: number) => number | undefined;

/** The places of a file's lines. */
export function matchLines(lines: readonly ProfileLine[], texts: FileTexts): MatchedLine[] {
  for (const candidate of texts.candidates) {
    const places = functionPlaces(candidate);
    if (lines.every((line) => fits(line, places))) {
      const mapping = lineMapping(candidate, texts.present);
      return lines.map((line) => ({ line, index: mapping(line.line) }));
    }
  }
  return matchByFunction(lines, texts.present);
}

/** The lines that differ between two texts have no counterpart, all others one. */
export function lineMapping(before: string, after: string): Mapping {
  if (before === after) return (line) => line - 1;
  const old = linesOf(before);
  const changes = diffLines(trimmed(old), trimmed(linesOf(after)));
  return (line) => {
    const index = line - 1;
    let shift = 0;
    for (const change of changes) {
      if (index < change.oldStart) break;
      if (index < change.oldEnd) return undefined;
      shift += change.newEnd - change.newStart - (change.oldEnd - change.oldStart);
    }
    return index < old.length ? index + shift : undefined;
  };
}

/** Line ends and the white space of gofmt are no change. */
function trimmed(lines: readonly string[]): string[] {
  return lines.map((line) => line.trim());
}

/** First and last line of a function, from 1. */
interface Place {
  readonly first: number;
  readonly last: number;
}

type Places = ReadonlyMap<string, readonly Place[]>;

function functionPlaces(text: string): Places {
  const source = new SourceText(text);
  const places = new Map<string, Place[]>();
  withTree(source, (tree) => {
    for (const { name, span } of functionsOf(tree)) {
      const found = places.get(withoutTypes(name)) ?? [];
      places.set(withoutTypes(name), found);
      found.push({ first: source.lineOf(span.start), last: source.lineOf(span.end) });
    }
  });
  return places;
}

/** Type arguments are left out in a profile. */
function withoutTypes(name: string): string {
  return name.replace(/\[[^\]]*\]/g, "");
}

/** Whether the line stands in its function, and that begins where the profile says. */
function fits({ function: name, line, startLine }: ProfileLine, places: Places): boolean {
  const declared = parseFunctionName(name)?.declared ?? "";
  const isAround = ({ first, last }: Place) => first <= line && line <= last;
  const place = places.get(declared)?.find(isAround);
  if (place !== undefined) return startLine === 0 || isClosure(name, declared) || place.first === startLine;
  if (declared === "init") return true;
  // A literal of a function that was inlined has the names of both: `Caller.Inlined.func1`.
  return (
    isClosure(name, declared) &&
    [...places].some(([each, found]) => names(name, each) && found.some(isAround))
  );
}

/** Whether a declared function is among the parts of a runtime name. */
function names(runtimeName: string, declared: string): boolean {
  return withoutTypes(runtimeName)
    .split(".")
    .includes(declared.slice(declared.lastIndexOf(".") + 1));
}

/** A function literal has a line of its own where it begins. */
function isClosure(name: string, declared: string): boolean {
  return !withoutTypes(name).endsWith(`.${declared}`);
}

/**
 * No text is as it was: a function that begins somewhere else has moved as a whole, as far as its lines are still inside
 * and hold code. Without the line where it began (Go before 1.20) nothing is known.
 */
function matchByFunction(lines: readonly ProfileLine[], present: string): MatchedLine[] {
  const places = functionPlaces(present);
  const texts = linesOf(present);
  const starts = new Map<string, number>();
  for (const { function: name, startLine } of lines) {
    const declared = parseFunctionName(name)?.declared ?? "";
    if (startLine > 0 && !isClosure(name, declared)) starts.set(declared, startLine);
  }
  return lines.map((line) => {
    const declared = parseFunctionName(line.function)?.declared ?? "";
    const found = places.get(declared) ?? [];
    const [place] = found;
    const start = starts.get(declared);
    if (place === undefined || found.length > 1 || start === undefined) return { line, index: undefined };
    const moved = line.line - start + place.first;
    const isInside = place.first <= moved && moved <= place.last;
    const text = texts[moved - 1] ?? "";
    return { line, index: isInside && holdsCode(text) && callsSome(text, line) ? moved - 1 : undefined };
  });
}

/** A line that called something by name has to name it still. */
function callsSome(text: string, { outside, callees }: ProfileLine): boolean {
  const names = [...outside.keys(), ...callees.keys()].map((name) => name.slice(name.lastIndexOf(".") + 1));
  return names.length === 0 || names.some((name) => text.includes(name));
}

function holdsCode(text: string): boolean {
  return !/^(?:\/\/.*|[{}()\s]*)$/.test(text.trim());
}
