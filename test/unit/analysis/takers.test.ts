import assert from "node:assert/strict";
import type { PassedAbroad } from "../../../server/src/analysis/foreignCallees.js";
import type { CompiledPackage } from "../../../server/src/analysis/leakPaths.js";
import type { Location } from "../../../server/src/analysis/packageLocator.js";
import type { PassedTo } from "../../../server/src/analysis/passedTo.js";
import type { Site } from "../../../server/src/analysis/site.js";
import { takers, type TakerSources } from "../../../server/src/analysis/takers.js";

const range = { start: { line: 0, character: 0 }, end: { line: 0, character: 1 } };
const parameter = { name: "p", type: "*T", isVariadic: false, range, index: 0, leaks: [] };
const callee = { name: "f", file: "/m/f.go", nameRange: range, range, isMethod: false } as const;
const known = { function: { ...callee, inlining: null, receiver: null, parameters: [parameter] }, parameter };
const step = { reason: "assign", text: "kept = p", file: "/m/f.go", range };
const explained = { ...known, leakPath: [step] };
const site = {
  file: "/m/m.go",
  range,
  expression: "x",
  flow: [{ reason: "call parameter", text: "f(x)", file: "/m/m.go", range }],
} as unknown as Site;
const variant = { files: ["/m/f.go"] };
const located = {
  package: { variants: [variant] },
  listedFile: "/m/f.go",
  engine: {},
} as unknown as Location;

/** Everything that takes no time and knows nothing, but for what is given. */
function sources(given: Partial<TakerSources>): TakerSources & { readonly log: (message: string) => void } {
  return {
    functions: { named: () => undefined },
    callees: { of: () => Promise.resolve(undefined) },
    leakPaths: { explained: (passed) => Promise.resolve(passed) },
    locator: { locate: () => Promise.resolve(located), engineOf: () => ({}) as never },
    isTrusted: () => true,
    log: (message) => assert.fail(message),
    ...given,
  };
}

const never = new Promise<never>(() => undefined);
const explains = { explained: () => Promise.resolve(explained) } as unknown as TakerSources["leakPaths"];
const inPackage = { named: () => known.function };
const abroad = {
  of: () => Promise.resolve({ ...known, package: variant, setup: {} } as unknown as PassedAbroad),
};
const brief = { taker: 20, way: 20 };
const long = { taker: 10_000, way: 10_000 };

describe("what takes a value", () => {
  it("is told with its way to the heap, in the own package and in another", async () => {
    for (const given of [{ functions: inPackage }, { callees: abroad }]) {
      const taker = await takers(sources({ ...given, leakPaths: explains }))(site, long);
      assert.deepEqual(taker?.leakPath, [step]);
    }
  });

  it("is told without that way where it is not found in time", async () => {
    for (const given of [{ functions: inPackage }, { callees: abroad }]) {
      const late = sources({ ...given, leakPaths: { explained: () => never } });
      const taker = await takers(late)(site, brief);
      assert.deepEqual([taker?.function.name, taker?.leakPath], ["f", undefined]);
    }
    assert.equal(await takers(sources({ callees: { of: () => never } }))(site, brief), undefined);
  });

  it("is looked for in the calling package where the declaring one does not tell, as of generic functions", async () => {
    const asked: (readonly string[])[] = [];
    const leakPaths = {
      explained: <Passed extends PassedTo>(
        passed: Passed,
        _package: CompiledPackage,
        files?: readonly string[],
      ) => {
        asked.push(files ?? []);
        return Promise.resolve(files === undefined ? passed : { ...passed, leakPath: [step] });
      },
    };
    const taker = await takers(sources({ callees: abroad, leakPaths }))(site, long);
    assert.deepEqual([taker?.leakPath, asked], [[step], [[], variant.files]]);
  });

  it("is told without a compile in a workspace that is not trusted", async () => {
    const compiles = { locate: () => assert.fail("located"), engineOf: () => assert.fail("compiled") };
    const untrusted = sources({ functions: inPackage, locator: compiles, isTrusted: () => false });
    assert.deepEqual(await takers(untrusted)(site, long), known);
  });

  it("is told as far as it is known where something fails, which is logged", async () => {
    const messages: string[] = [];
    const failing = sources({
      callees: abroad,
      leakPaths: { explained: () => Promise.reject(new Error("no such file")) },
      log: (message) => messages.push(message),
    });
    const taker = await takers(failing)(site, long);
    assert.equal(taker?.function.name, "f");
    assert.match(
      messages.join("\n"),
      /^Not all is known of what takes a value at \/m\/m\.go:1: .*no such file$/,
    );
  });
});
