// The English texts of the program: the first arguments of t(…) and l10n.t(…), which are the keys of the bundles in l10n/.
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import ts from "typescript";

/** Where the program's texts are. */
const folders = ["client/src", "server/src"];

/** All texts, sorted, each once. Throws at a call whose text is not a plain literal: it could not be translated. */
export async function programTexts(root) {
  const texts = new Set();
  for (const folder of folders) {
    const files = await readdir(path.join(root, folder), { recursive: true });
    for (const file of files.filter((name) => name.endsWith(".ts"))) {
      const name = path.join(folder, file);
      const source = await readFile(path.join(root, name), "utf8");
      for (const text of textsOf(name, source)) texts.add(text);
    }
  }
  return [...texts].sort();
}

/** The texts of one source file. */
export function textsOf(name, source) {
  const file = ts.createSourceFile(name, source, ts.ScriptTarget.Latest, true);
  const texts = [];
  const visit = (node) => {
    if (ts.isCallExpression(node) && isLocalizing(node.expression)) texts.push(literal(node, file));
    ts.forEachChild(node, visit);
  };
  visit(file);
  return texts;
}

/** `t`, or `l10n.t` */
function isLocalizing(callee) {
  if (ts.isIdentifier(callee)) return callee.text === "t";
  return (
    ts.isPropertyAccessExpression(callee) &&
    callee.name.text === "t" &&
    callee.expression.getText() === "l10n"
  );
}

function literal(call, file) {
  const [text] = call.arguments;
  if (text !== undefined && ts.isStringLiteralLike(text)) return text.text;
  const { line } = file.getLineAndCharacterOfPosition(call.getStart());
  throw new Error(`${file.fileName}:${line + 1}: the text is not a plain string literal`);
}
