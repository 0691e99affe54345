// Bundles the client, the server and the command-line tool (CommonJS), and, with --tests, the tests (ES modules).
// Usage: node scripts/build.mjs [--tests] [--watch] [--production]
import { build, context } from "esbuild";
import { copyFile, mkdir, readdir, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { thirdPartyNotices } from "./lib/notices.mjs";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");
const require = createRequire(import.meta.url);
const flags = new Set(process.argv.slice(2));

const common = {
  absWorkingDir: root,
  bundle: true,
  platform: "node",
  target: "node20",
  sourcemap: !flags.has("--production"),
  minify: flags.has("--production"),
  metafile: true,
  logLevel: "warning",
  // The ES module build of web-tree-sitter reads import.meta.url, which is undefined in a CommonJS bundle.
  alias: { "tree-sitter": require.resolve("tree-sitter") },
};

/** @type {import("esbuild").BuildOptions[]} */
const products = [
  {
    ...common,
    entryPoints: {
      extension: "client/src/extension.ts",
      languageClient: "client/src/languageClient.ts",
    },
    outdir: "client/out",
    format: "cjs",
    external: ["vscode"],
  },
  {
    ...common,
    entryPoints: {
      server: "server/src/entries/server.ts",
      serverMain: "server/src/main.ts",
      cli: "server/src/entries/cli.ts",
      cliMain: "server/src/cli/main.ts",
      mcp: "server/src/cli/mcp/agentServer.ts",
      watchdog: "server/src/go/watchdog.ts",
      standalone: "server/src/standalone/main.ts",
    },
    outdir: "server/out",
    format: "cjs",
    banner: { js: "#!/usr/bin/env node" },
  },
];

/** Tests import the sources, so that a failure names the source line; what they start is the bundles above. */
async function testBundle() {
  const suites = ["unit", "compiler", "cli", "lsp", "e2e", "package", "editors", "conformance", "bench"];
  const files = await Promise.all(
    suites.map(async (suite) => {
      const found = await readdir(path.join(root, "test", suite), { recursive: true }).catch(() => []);
      return found.filter((file) => file.endsWith(".ts")).map((file) => `test/${suite}/${file}`);
    }),
  );
  return {
    ...common,
    alias: {},
    entryPoints: files.flat(),
    outbase: "test",
    outdir: "test/out",
    format: "esm",
    outExtension: { ".js": ".mjs" },
    packages: "external",
    splitting: true,
    minify: false,
    sourcemap: true,
  };
}

async function copyGrammar() {
  const outdir = path.join(root, "server/out");
  await mkdir(outdir, { recursive: true });
  await copyFile(require.resolve("tree-sitter/tree-sitter.wasm"), path.join(outdir, "tree-sitter.wasm"));
  await copyFile(
    require.resolve("tree-sitter-go/tree-sitter-go.wasm"),
    path.join(outdir, "tree-sitter-go.wasm"),
  );
}

const bundles = [...products];
if (flags.has("--tests")) {
  await rm(path.join(root, "test/out"), { recursive: true, force: true });
  bundles.push(await testBundle());
}
await copyGrammar();
if (flags.has("--watch")) {
  for (const options of bundles) await (await context({ ...options, logLevel: "info" })).watch();
} else {
  const results = await Promise.all(bundles.map((options) => build(options)));
  if (flags.has("--production")) await writeNotices(results.slice(0, products.length));
}

/** What is shipped says whose work is in it; a package that may not be shipped fails the build. */
async function writeNotices(results) {
  const metafiles = results.map(({ metafile }) => metafile);
  const notices = await thirdPartyNotices(root, metafiles, ["tree-sitter", "tree-sitter-go"]);
  await writeFile(path.join(root, "ThirdPartyNotices.txt"), notices);
}
