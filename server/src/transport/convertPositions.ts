/** Finds the positions in LSP's messages, whatever these are about: each belongs to the nearest document that is named. */
import type { Position } from "../syntax/sourceText.js";

/** Converts a position in the document of a URI. */
export type ConvertPosition = (uri: string, position: Position) => Position;

/**
 * A copy of a part of a message with its positions converted. Those for which no part of it names a document are in that
 * of `uri`, and stay as they are where it is undefined.
 */
export function convertPositions(value: unknown, uri: string | undefined, convert: ConvertPosition): unknown {
  if (Array.isArray(value)) return value.map((each) => convertPositions(each, uri, convert));
  if (!isRecord(value)) return value;
  if (isPosition(value)) return uri === undefined ? value : convert(uri, value);
  const own = documentOf(value) ?? uri;
  return mapEntries(value, (key, each) => {
    // LSP 3.17: WorkspaceEdit.changes has URIs for keys. What is called data comes back as it was given.
    if (key === "changes" && isRecord(each))
      return mapEntries(each, (named, edits) => convertPositions(edits, named, convert));
    return key === "data" ? each : convertPositions(each, own, convert);
  });
}

/** The URI that a part of a message names for its other parts: of a Location, a request's or a published document. */
export function documentOf(value: unknown): string | undefined {
  if (!isRecord(value)) return undefined;
  const { uri, textDocument } = value;
  if (typeof uri === "string") return uri;
  return isRecord(textDocument) ? documentOf(textDocument) : undefined;
}

function mapEntries(
  value: Readonly<Record<string, unknown>>,
  map: (key: string, value: unknown) => unknown,
): Record<string, unknown> {
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, map(key, each)]));
}

function isPosition(value: object): value is Position {
  const { line, character } = value as Partial<Position>;
  return typeof line === "number" && typeof character === "number" && Object.keys(value).length === 2;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
