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
  "go-escape.directives.injection": "syntaxes/go-escape.directives.injection.tmLanguage.json",
};

/** Stand in for VS Code's own grammars, into which ours are injected: as far as they matter, by the same names. */
const hosts: Readonly<Record<string, { readonly patterns: readonly object[]; readonly injected: string }>> = {
  "text.log": {
    patterns: [{ match: "\\[info\\]", name: "level.log" }],
    injected: "go-escape.log.injection",
  },
  "source.go": {
    patterns: [
      {
        begin: "//",
        end: "(?:\\n|$)",
        name: "comment.line.double-slash.go",
        beginCaptures: { 0: { name: "punctuation.definition.comment.go" } },
      },
      { begin: '"', end: '"', name: "string.quoted.double.go" },
    ],
    injected: "go-escape.directives.injection",
  },
};

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
      const host = hosts[scopeName];
      const content = host === undefined ? text : JSON.stringify({ scopeName, patterns: host.patterns });
      return Promise.resolve(
        content === undefined ? null : textmate.parseRawGrammar(content, "grammar.json"),
      );
    },
    getInjections: (scopeName) => {
      const host = hosts[scopeName];
      return host && [host.injected];
    },
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
