/** Asks a Go program, which finds nodes with go/ast on its own, whether anchors are right. See goast/. */
import { spawn } from "node:child_process";
import path from "node:path";
import { text as textOfStream } from "node:stream/consumers";
import type { Anchor, NodeForm, PlacedMessage } from "../../server/src/syntax/anchors.js";
import type { SourceText } from "../../server/src/syntax/sourceText.js";
import { testData } from "../harness/paths.js";

/** A message with the anchor that is to be checked. */
export interface Claim {
  /** Absolute path of the file, whose contents on disk are `source`. */
  readonly file: string;
  readonly source: SourceText;
  readonly message: PlacedMessage;
  readonly anchor: Anchor;
}

interface Answer {
  /** Bytes. */
  readonly start: number;
  readonly end: number;
  readonly kind: string;
}

export interface Disagreement {
  readonly claim: Claim;
  /** What go/ast finds there. */
  readonly expected: string;
  readonly actual: string;
}

/**
 * Returns the claims that the Go program disagrees with: another node, or another kind of node. What has no position of
 * its own is left out: messages without a column, and those of loop bodies that were inlined at `for`. Rejects when the
 * program fails.
 */
export async function disagreements(claims: readonly Claim[]): Promise<Disagreement[]> {
  const placed = claims.filter((claim) => hasRule(claim));
  const answers = await ask(placed);
  if (answers.length !== placed.length)
    throw new Error(`${placed.length} questions, ${answers.length} answers`);
  return placed.flatMap((claim, index) => compare(claim, answers[index]!));
}

function hasRule({ source, message: { form, line, column }, anchor }: Claim): boolean {
  const offset = column === undefined ? undefined : source.offsetAt(line, column);
  if (offset === undefined || form === "wrapper") return false;
  return !source.text.startsWith("for ", offset) || anchor.node.start === offset;
}

async function ask(claims: readonly Claim[]): Promise<Answer[]> {
  const go = spawn("go", ["run", "."], {
    cwd: path.join(testData, "conformance/goast"),
    env: { ...process.env, GOFLAGS: "", GOWORK: "off" },
    stdio: ["pipe", "pipe", "inherit"],
  });
  const failed = new Promise<never>((_resolve, reject) => {
    go.once("error", reject);
    go.once("close", (code) => {
      if (code !== 0) reject(new Error(`goast ended with ${String(code)}`));
    });
  });
  const requests = claims.map(({ file, message }) => {
    const { line, column, text, form } = message;
    return `${JSON.stringify({ file, line, column, text, kind: form })}\n`;
  });
  go.stdin.on("error", () => undefined);
  go.stdin.end(requests.join(""));
  const output = await Promise.race([textOfStream(go.stdout), failed]);
  const lines = output.split("\n").filter((line) => line !== "");
  return lines.map((line) => JSON.parse(line) as Answer);
}

function compare(claim: Claim, answer: Answer): Disagreement[] {
  const { source, anchor } = claim;
  const start = bytesBefore(source, anchor.node.start);
  const end = bytesBefore(source, anchor.node.end);
  const kind = kindOf(anchor.nodeForm, anchor.sourceText);
  if (answer.start === start && answer.end === end && answer.kind === kind) return [];
  const expected = `${answer.kind} ${answer.start}-${answer.end}`;
  return [{ claim, expected, actual: `${kind} ${start}-${end}` }];
}

/** Offset in bytes of the file, a byte order mark included. */
function bytesBefore(source: SourceText, offset: number): number {
  const mark = source.columnOf(0) - 1;
  return Buffer.byteLength(source.text.slice(0, offset), "utf8") + mark;
}

/** The kinds that the Go program tells apart. */
function kindOf(form: NodeForm, sourceText: string): string {
  switch (form) {
    case "variable":
    case "package-variable":
    case "parameter":
    case "receiver":
    case "result":
    case "range-variable":
    case "type-switch-variable":
    case "select-variable":
      return "variable";
    case "address-of-literal":
    case "elided-address-of-literal":
    case "composite-literal":
    case "func-literal":
      return "literal";
    case "make-slice":
    case "make-map":
    case "make-chan":
    case "make":
      return "make";
    case "new":
    case "append":
    case "conversion":
    case "declaration":
      return form;
    case "go-wrapper":
    case "defer-wrapper":
    case "range-func-body":
      return "statement";
    case "inlined-call":
      return /^for\b/.test(sourceText) ? "statement" : "expression";
    case "variadic-slice":
    case "boxed":
    case "selector":
    case "method-value":
    case "concatenation":
    case "addition":
    case "line":
      return "expression";
  }
}
