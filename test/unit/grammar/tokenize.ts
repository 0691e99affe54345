import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import oniguruma from "vscode-oniguruma";
import textmate from "vscode-textmate";

/** A piece of a line with the innermost scope that it has; the grammar's suffix is left out. */
export type Token = readonly [text: string, scope: string];

const grammarFiles: Readonly<Record<string, string>> = {
  "source.go-escape": "syntaxes/go-escape.tmLanguage.json",
  "go-escape.log.injection": "syntaxes/go-escape.log.injection.tmLanguage.json",
};

/** Stands in for VS Code's own grammar of logs, into which ours is injected. */
const logGrammar = JSON.stringify({
  scopeName: "text.log",
  patterns: [{ match: "\\[info\\]", name: "level.log" }],
});

async function createRegistry(): Promise<textmate.Registry> {
  const wasm = readFileSync(createRequire(import.meta.url).resolve("vscode-oniguruma/release/onig.wasm"));
  await oniguruma.loadWASM(wasm);
  return new textmate.Registry({
    onigLib: Promise.resolve({
      createOnigScanner: (sources) => new oniguruma.OnigScanner(sources),
      createOnigString: (text) => new oniguruma.OnigString(text),
    }),
    loadGrammar: (scopeName) => {
      const file = grammarFiles[scopeName];
      const text = file === undefined ? undefined : readFileSync(path.resolve(file), "utf8");
      const content = scopeName === "text.log" ? logGrammar : text;
      return Promise.resolve(
        content === undefined ? null : textmate.parseRawGrammar(content, "grammar.json"),
      );
    },
    getInjections: (scopeName) => (scopeName === "text.log" ? ["go-escape.log.injection"] : undefined),
  });
}

let registry: Promise<textmate.Registry> | undefined;

/** The tokens of one line that have a scope beyond the grammar's own; `meta` scopes count for nothing. */
export async function tokensOf(line: string, scopeName = "source.go-escape"): Promise<Token[]> {
  registry ??= createRegistry();
  const grammar = await (await registry).loadGrammar(scopeName);
  if (grammar === null) throw new Error(`no grammar ${scopeName}`);
  return grammar.tokenizeLine(line, textmate.INITIAL).tokens.flatMap(({ startIndex, endIndex, scopes }) => {
    const scope = scopes.filter((name) => !name.startsWith("meta.") && name !== scopeName).at(-1);
    return scope === undefined ? [] : [[line.slice(startIndex, endIndex), scope.replace(/\.go-escape$/, "")]];
  });
}
