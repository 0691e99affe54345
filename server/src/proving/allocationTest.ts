/** Writes a test that counts what one call of a function allocates (testing.AllocsPerRun). */
import * as l10n from "@vscode/l10n";
import path from "node:path";
import type { Site } from "../analysis/site.js";
import type { Snapshot } from "../analysis/snapshot.js";
import { functionsOf, type ListedFunction } from "../syntax/functionList.js";
import type { GoTree } from "../syntax/goSyntax.js";
import { importSpecs } from "../syntax/imports.js";
import { operands, present } from "../syntax/nodes.js";
import { withTree } from "../syntax/treeSitter.js";
import { reachedPackage } from "./reach.js";
import { syntheticValue, type TypeNames, type Value } from "./syntheticValues.js";

export interface AllocationTest {
  /** Absolute path of a file that is not there: it only lives in an overlay. */
  readonly file: string;
  readonly text: string;
  readonly testName: string;
  /** How the function is called, for people. */
  readonly call: string;
}

const testName = "TestEscapeLensAllocations";

/** What the test logs: allocations and bytes for each call. */
const resultPattern = /escape-lens: ([\d.]+) allocations, (\d+) bytes/;
const panicPattern = /escape-lens: panic: (.*)/;

/** The test for the function of a site, or why there is none, as a sentence. */
export function allocationTest(site: Site, snapshot: Snapshot): AllocationTest | { readonly reason: string } {
  const source = snapshot.texts.get(site.file);
  const isTest = site.file.endsWith("_test.go");
  if (source === undefined || isTest || site.function === "init")
    return { reason: l10n.t("The allocation is not in a function that can be called.") };
  const found = withTree(source, (tree) => callOf(site.function, tree, snapshot));
  if ("reason" in found) return found;
  const reached = reachedPackage(snapshot, site.function);
  if (reached !== undefined)
    return {
      reason: l10n.t("`{0}` may reach package {1}, which can do more than compute.", site.function, reached),
    };
  return { ...testFile(found, snapshot), testName };
}

interface FoundCall {
  readonly callee: string;
  readonly values: readonly Value[];
  readonly imports: ReadonlyMap<string, string>;
  readonly packageName: string;
}

function callOf(name: string, tree: GoTree, snapshot: Snapshot): FoundCall | { readonly reason: string } {
  const listed = functionsOf(tree).find((each) => each.name === name);
  const packageName = present(tree.root.descendantsOfType("package_identifier"))[0]?.text;
  if (listed === undefined || packageName === undefined || isGeneric(listed, tree))
    return { reason: l10n.t("`{0}` cannot be called without knowing its type arguments.", name) };
  const imports = importMap(tree);
  const names: TypeNames = { imports, isDeclared: (type) => declares(type, snapshot) };
  const receiver = /^\(?(\*?)([^).]+)\)?\./.exec(name);
  const types = listed.parameters.map(({ type, isVariadic }) => (isVariadic ? `[]${type}` : type));
  const all = receiver === null ? types : [`${receiver[1] ?? ""}${receiver[2] ?? ""}`, ...types];
  const values: Value[] = [];
  for (const type of all) {
    const value = syntheticValue(type, names);
    if (value === undefined) return { reason: l10n.t("No value of type `{0}` can be made up.", type) };
    values.push(value);
  }
  const last = values.at(-1);
  if (listed.parameters.at(-1)?.isVariadic === true && last !== undefined)
    values[values.length - 1] = { ...last, expression: `${last.expression}...` };
  return { callee: name, values, imports, packageName };
}

function isGeneric({ span }: ListedFunction, tree: GoTree): boolean {
  const declaration = operands(tree.root).find(({ startIndex }) => startIndex === span.start);
  if (declaration === undefined || declaration.childForFieldName("type_parameters") !== null) return true;
  const receiver = declaration.childForFieldName("receiver");
  return receiver !== null && receiver.descendantsOfType("generic_type").length > 0;
}

function importMap(tree: GoTree): Map<string, string> {
  return new Map(
    importSpecs(tree).map(({ path: importPath, alias }) => [
      alias ?? importPath.slice(importPath.lastIndexOf("/") + 1),
      importPath,
    ]),
  );
}

function declares(type: string, snapshot: Snapshot): boolean {
  const pattern = new RegExp(`^(?:type\\s+|\\t)${type}\\s+(?!=)`, "mu");
  return [...snapshot.texts].some(([file, { text }]) => !file.endsWith("_test.go") && pattern.test(text));
}

/** Called through a variable, so that the call is not inlined and nothing is left out for its known arguments. */
function testFile(
  { callee, values, imports, packageName }: FoundCall,
  { package: { dir } }: Snapshot,
): Omit<AllocationTest, "testName"> {
  const paths = new Set(["runtime", "testing", ...values.flatMap((value) => value.imports)]);
  const aliases = new Map([...imports].map(([name, importPath]) => [importPath, name]));
  const lines = [...paths].sort().map((importPath) => {
    const alias = aliases.get(importPath);
    const isPlain = alias === undefined || importPath.endsWith(alias) || alias === "_" || alias === ".";
    return `\t${isPlain ? "" : `${alias} `}${JSON.stringify(importPath)}\n`;
  });
  const names = values.map((_, index) => `value${index}`);
  const declarations = values.map(
    ({ expression }, index) => `\tvalue${index} := ${expression.replace(/\.\.\.$/, "")}\n`,
  );
  const passed = names.map((name, index) =>
    values[index]?.expression.endsWith("...") ? `${name}...` : name,
  );
  const text = `package ${packageName}

import (
${lines.join("")})

var escapeLensCall = ${callee}

func ${testName}(t *testing.T) {
	defer func() {
		if reason := recover(); reason != nil {
			t.Skipf("escape-lens: panic: %v", reason)
		}
	}()
${declarations.join("")}	call := func() { escapeLensCall(${passed.join(", ")}) }
	allocations := testing.AllocsPerRun(100, call)
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	for i := 0; i < 100; i++ {
		call()
	}
	runtime.ReadMemStats(&after)
	t.Logf("escape-lens: %v allocations, %d bytes", allocations, (after.TotalAlloc-before.TotalAlloc)/100)
}
`;
  const shown = values.map(({ expression }) => shortened(expression)).join(", ");
  return { file: path.join(dir, "escape_lens_prove_test.go"), text, call: `${callee}(${shown})` };
}

function shortened(expression: string): string {
  const parts = expression.split(", ");
  const end = expression.endsWith("...") ? "}..." : "}";
  return parts.length > 3 ? `${parts.slice(0, 2).join(", ")}, …${end}` : expression;
}

export interface Measured {
  readonly allocations: number;
  readonly bytes: number;
}

/** What the test found out, or why it found out nothing, from its output. */
export function readMeasurement(output: string): Measured | { readonly reason: string } {
  const [, allocations, bytes] = resultPattern.exec(output) ?? [];
  if (allocations !== undefined && bytes !== undefined)
    return { allocations: Number(allocations), bytes: Number(bytes) };
  const panic = panicPattern.exec(output)?.[1];
  if (panic !== undefined) return { reason: l10n.t("With these arguments it panics: {0}", panic) };
  const line = output.split("\n").find((each) => /^\S+\.go:\d+|^panic: /.test(each.trim()));
  return { reason: l10n.t("The test that calls it could not be run. {0}", line?.trim() ?? "").trim() };
}
