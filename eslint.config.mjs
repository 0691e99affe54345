import js from "@eslint/js";
import tseslint from "typescript-eslint";

/**
 * The layers of the server, lowest first: a file may import from its own layer and from those before it.
 * What is not listed here (main.ts, server.ts, protocol.ts, …) is wiring and stands above all of them.
 */
const layers = [
  ["go"],
  ["compiler"],
  ["syntax"],
  ["analysis"],
  ["assertions", "gate"],
  ["evidence", "fixes", "explain"],
  ["fixAll", "proving", "questions"],
  ["profile", "benchmark"],
  ["features", "cli"],
];

const lspLibraries = {
  group: ["vscode-languageserver", "vscode-languageserver/*"],
  message: "Only the wiring and features/ speak LSP.",
};
const processes = {
  group: ["execa", "node:child_process", "child_process"],
  message: "Only go/process.ts starts processes.",
};
const treeSitter = {
  group: ["tree-sitter", "web-tree-sitter"],
  message: "Only syntax/treeSitter.ts imports tree-sitter.",
};
const editor = { group: ["vscode", "vscode-languageclient*"], message: "The server does not know VS Code." };

/** Restrictions of one layer's folders: nothing from a later layer, no wiring, no LSP library (but features/). */
function layerRules(folders, index) {
  const above = layers.slice(index + 1).flat();
  const patterns = [processes, treeSitter, editor];
  if (!folders.includes("features")) patterns.push(lspLibraries);
  if (above.length > 0) {
    patterns.push({
      group: above.map((folder) => `**/${folder}/**`),
      message: `${folders.join(", ")}/ is below that layer.`,
    });
  }
  return folders.map((folder) => ({
    files: [`server/src/${folder}/**/*.ts`],
    ignores: ["server/src/go/process.ts", "server/src/go/watchdog.ts", "server/src/syntax/treeSitter.ts"],
    rules: { "no-restricted-imports": ["error", { patterns }] },
  }));
}

export default tseslint.config(
  { ignores: ["**/out/**", "**/out-*/**", "**/node_modules/**", "test/cases/**", "test/sample/**"] },
  js.configs.recommended,
  { files: ["**/*.ts"], extends: [tseslint.configs.strictTypeChecked] },
  {
    files: ["**/*.ts"],
    languageOptions: {
      parserOptions: { project: ["client/tsconfig.json", "server/tsconfig.json", "test/tsconfig.json"] },
    },
    rules: {
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/switch-exhaustiveness-check": [
        "error",
        { considerDefaultExhaustiveForUnions: true },
      ],
      eqeqeq: "error",
    },
  },
  ...layers.flatMap(layerRules),
  {
    files: ["client/src/**/*.ts"],
    rules: {
      "no-restricted-imports": [
        "error",
        {
          patterns: [
            processes,
            treeSitter,
            { regex: "server/src/(?!protocol)", message: "The client knows the server's protocol only." },
          ],
        },
      ],
    },
  },
  {
    files: ["test/**/*.ts"],
    rules: {
      "@typescript-eslint/no-non-null-assertion": "off",
      "@typescript-eslint/no-unused-expressions": "off",
    },
  },
  {
    files: ["**/*.mjs"],
    languageOptions: {
      globals: {
        process: "readonly",
        console: "readonly",
        URL: "readonly",
        setTimeout: "readonly",
        clearTimeout: "readonly",
        fetch: "readonly",
        AbortController: "readonly",
        Buffer: "readonly",
      },
    },
  },
);
