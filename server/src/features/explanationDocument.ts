/** Pages as the protocol has them. */
import path from "node:path";
import { fileUri } from "../documents.js";
import type { Page, PageLink } from "../explain/page.js";
import type { Explanation, ExplanationLink } from "../protocol.js";
import type { Position } from "../syntax/sourceText.js";

/** The page with URIs in place of paths, and a title. */
export function explanationOf({ lines, links }: Page, title: string): Explanation {
  return { title, text: `${lines.join("\n")}\n`, links: links.map(linkOf) };
}

/** `order.go:30` */
export function placeTitle(file: string, { line }: Position): string {
  return `${path.basename(file)}:${line + 1}`;
}

function linkOf({ line, start, end, target }: PageLink): ExplanationLink {
  return typeof target === "string"
    ? { line, start, end, uri: target, position: null }
    : { line, start, end, uri: fileUri(target.file), position: target.position };
}
