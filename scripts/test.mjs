// `npm test [-- SUITE…]`: all tests, or some suites: unit, compiler, cli, lsp, package, editors, e2e. The last line has the sum.
import path from "node:path";
import { fileURLToPath } from "node:url";
import { browserAdvice, findBrowser } from "./lib/browser.mjs";
import { build, packProducts } from "./lib/build.mjs";
import { ensureDependencies } from "./lib/dependencies.mjs";
import { findGo } from "./lib/goCommand.mjs";
import { findNeovim, neovimAdvice } from "./lib/neovim.mjs";
import { runSuite } from "./lib/suites.mjs";
import { ensureVSCode } from "./lib/vscodeWeb.mjs";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");

/** In the order in which they run; for what stands beside the name, see runSuite. */
const suites = [
  { name: "unit", timeout: 10_000 },
  { name: "compiler", timeout: 120_000 },
  { name: "cli", timeout: 120_000 },
  { name: "lsp", timeout: 120_000, isLive: true },
  { name: "package", timeout: 60_000 },
  { name: "editors", timeout: 300_000, isLive: true },
  { name: "e2e", timeout: 300_000, isLive: true },
];

try {
  process.exitCode = await test(process.argv.slice(2));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

async function test(names) {
  const unknown = names.filter((name) => !suites.some((suite) => suite.name === name));
  if (unknown.length > 0) throw new Error(`There is no suite ${unknown.join(", ")}.`);
  const chosen = suites.filter(({ name }) => names.length === 0 || names.includes(name));
  const go = findGo();
  console.log(`Go: ${go.version}, Node: ${process.version}`);
  await ensureDependencies(root);
  const { vsix, tarball } = await packProducts(root);
  await build(root, "--tests");
  return runAll(chosen, { ...go.env, ESCAPE_LENS_VSIX: vsix, ESCAPE_LENS_TARBALL: tarball }, vsix);
}

/** Runs the suites one after another, prints the sum and returns the exit status. */
async function runAll(chosen, env, vsix) {
  const notes = suites
    .filter((suite) => !chosen.includes(suite))
    .map(({ name }) => `${name}: NOT RUN, not asked for`);
  let [passed, failed] = [0, 0];
  for (const suite of chosen) {
    const started = Date.now();
    console.log(`\n── ${suite.name}`);
    const provisions = await provisionsOf(suite.name, vsix);
    if (typeof provisions === "string") {
      notes.push(provisions);
      failed += 1;
      continue;
    }
    const result = await runSuite(root, { ...suite, env: { ...env, ...provisions } });
    passed += result.passed;
    failed += result.failed;
    const seconds = ((Date.now() - started) / 1000).toFixed(1);
    const again = result.again.length === 0 ? "" : `, run again: ${result.again.join(", ")}`;
    const open = result.leftOpen.length === 0 ? "" : `, ended by force, open: ${result.leftOpen.join(", ")}`;
    notes.push(
      `${suite.name}: ${result.passed} passed, ${result.failed} failed, ${seconds} s${again}${open}`,
    );
  }
  console.log(`\n${notes.join("\n")}\n${passed} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
}

/** What a suite needs beside Go and Node, as its environment, or why it cannot run. */
async function provisionsOf(suite, vsix) {
  if (suite === "e2e") return endToEndProvisions(vsix);
  if (suite !== "editors") return {};
  const neovim = await findNeovim();
  return neovim === undefined
    ? `editors: NOT RUN, there is no Neovim. ${neovimAdvice}`
    : { ESCAPE_LENS_NEOVIM: neovim };
}

/** The environment that the end-to-end tests read (test/e2e/provisions.ts), or why they cannot run. */
async function endToEndProvisions(vsix) {
  try {
    const browser = await findBrowser();
    if (browser === undefined) return `end to end: NOT RUN, there is no browser. ${browserAdvice}`;
    const vscode = await ensureVSCode();
    return { ESCAPE_LENS_E2E: JSON.stringify({ vscode, vsix, browser }) };
  } catch (error) {
    return `end to end: NOT RUN, ${error instanceof Error ? error.message : String(error)}`;
  }
}
