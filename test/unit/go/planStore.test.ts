import assert from "node:assert/strict";
import { copyFile, rename, rm, utimes, writeFile } from "node:fs/promises";
import path from "node:path";
import type { Overlays, PackageVariant } from "../../../server/src/go/packages.js";
import { PlanStore, type PlanAnswer } from "../../../server/src/go/planStore.js";
import { load, makeProject, noSignal, removeProjects, setUp } from "./goProject.js";

const project = {
  "go.mod": "module example.com/m\n\ngo 1.22\n",
  "a.go": 'package m\n\nimport "example.com/m/q"\n\nfunc F() { q.Use() }\n',
  "b.go": "package m\n",
  "q/q.go": "package q\n\nfunc Use() {}\n",
};

describe("the store of compile plans", function () {
  this.timeout(60_000);
  let root: string;
  let variant: PackageVariant;
  let log: string[];
  let ask: (overlays?: Overlays, variant?: PackageVariant) => Promise<PlanAnswer>;

  beforeEach(async () => {
    root = await makeProject(project);
    const setup = await setUp(root);
    const graph = await load(root, ["."]);
    variant = graph.packages[0]!.variants[0]!;
    log = [];
    const store = new PlanStore({ ...setup, workFile: setup.info.gowork, log: (text) => log.push(text) });
    ask = async (overlays = new Map(), of = variant) => await store.of(of, overlays, noSignal);
    assert.ok("plan" in (await ask()));
  });
  afterEach(removeProjects);

  /** Asks again and gives the reason for which the plan was made anew, if it was. */
  async function reasonAfter(
    change: () => Promise<unknown>,
    overlays?: Overlays,
  ): Promise<string | undefined> {
    await change();
    await ask(overlays);
    const [line, ...others] = log.splice(0);
    assert.deepEqual(others, []);
    return line?.replaceAll(root + path.sep, "");
  }
  const file = (name: string) => path.join(root, name);
  const anew = (reason: string) => `The compile plan of example.com/m is made anew: ${reason}.`;

  it("keeps a plan while bodies change, on disk and in buffers", async () => {
    const text = 'package m\n\nimport "example.com/m/q"\n\nfunc F() { q.Use(); q.Use() }\n';
    assert.equal(await reasonAfter(() => writeFile(file("a.go"), text)), undefined);
    assert.equal(
      await reasonAfter(() => Promise.resolve(), new Map([[file("a.go"), `${text}\n`]])),
      undefined,
    );
  });

  it("keeps it when an editor saves by renaming", async () => {
    const save = async () => {
      await copyFile(file("a.go"), file("a.go.tmp"));
      await rename(file("a.go.tmp"), file("a.go"));
    };
    assert.equal(await reasonAfter(save), undefined);
    assert.equal(await reasonAfter(save), undefined);
  });

  it("makes it anew when files come or go", async () => {
    assert.equal(
      await reasonAfter(() => writeFile(file("c.go"), "package m\n")),
      anew("a file came or went"),
    );
    assert.equal(await reasonAfter(() => rm(file("b.go"))), anew("a file came or went"));
    const other = { ...variant, files: [file("a.go")] };
    await ask(new Map(), other);
    assert.deepEqual(log, [anew("its files are others")]);
  });

  it("makes it anew when a buffer gets constraints, imports or embeds, and when it loses them", async () => {
    const reason = anew("imports or constraints of b.go changed");
    const texts = [
      "//go:build ignore\n\npackage m\n",
      "package other\n",
      'package m\nimport _ "embed"\n//go:embed x\nvar x string\n',
    ];
    for (const text of texts) {
      const outcome = await reasonAfter(() => Promise.resolve(), new Map([[file("b.go"), text]]));
      assert.equal(outcome, reason, text);
      await ask();
      log.length = 0;
    }
  });

  it("makes it anew when go.mod or a dependency changes", async () => {
    const touch = (name: string) => () => utimes(file(name), new Date(1e12), new Date(1e12));
    assert.equal(await reasonAfter(touch("go.mod")), anew("go.mod changed"));
    assert.equal(await reasonAfter(touch("q/q.go")), anew(`${path.join("q", "q.go")} changed`));
    assert.equal(await reasonAfter(() => writeFile(file("q/r.go"), "package q\n")), anew("q changed"));
  });

  it("makes it anew when the build cache was emptied", async () => {
    const answer = await ask();
    assert.ok("plan" in answer);
    const data = answer.plan.exports.get("example.com/m/q") ?? "";
    assert.equal(await reasonAfter(() => rm(data)), anew("Go's build cache was emptied"));
    assert.ok("plan" in (await ask()));
  });

  it("has no plan for what does not load, and asks again the next time", async () => {
    const broken = new Map([[file("b.go"), 'package m\n\nimport _ "example.com/m/none"\n']]);
    const answer = await ask(broken);
    assert.ok("unsuitable" in answer);
    assert.match(answer.unsuitable, /example\.com\/m\/none/);
    assert.ok("plan" in (await ask()));
  });
});
