import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import path from "node:path";
import { assemblyText } from "../../server/src/compiler/assemblyRun.js";
import { readAssembly } from "../../server/src/evidence/assemblyReader.js";
import { AbortError, GoCommandError } from "../../server/src/go/commandError.js";
import { createTemporaryFolder } from "../../server/src/go/temporary.js";
import { directEngine } from "../harness/directEngine.js";
import { testModule, type TestModule } from "../harness/module.js";
import { load } from "../harness/packages.js";
import { program } from "./evidenceProgram.js";

describe("a compile for assembly", function () {
  this.timeout(120_000);
  let module: TestModule;
  before(() => {
    module = testModule({ "m.go": program });
  });
  after(() => {
    module.dispose();
  });

  async function request(overlays: ReadonlyMap<string, string> = new Map()) {
    const loaded = await load(module.dir, ["./..."]);
    const [variant] = loaded.packages[0]!.variants;
    const answer = await directEngine(loaded).plans.of(variant!, overlays, loaded.signal);
    assert.ok("plan" in answer);
    return { ...answer, overlays, replaced: new Map<string, string>() };
  }

  const left = () => {
    const folder = path.dirname(createTemporaryFolder("probe"));
    return readdirSync(folder).filter((name) => name.startsWith("assembly-"));
  };

  it("names the real file of an unsaved text", async () => {
    const file = module.path("m.go");
    const overlays = new Map([[file, "package m\n\nfunc Unsaved() *int { return new(int) }\n"]]);
    const text = assemblyText(await request(overlays), new AbortController().signal);
    const assembly = await readAssembly(text, process.arch === "arm64" ? "arm64" : "amd64", module.dir);
    assert.deepEqual(
      assembly?.calls.map((call) => [call.file, call.line, call.function]),
      [[file, 3, "example.com/m.Unsaved"]],
    );
    assert.deepEqual(left(), []);
  });

  it("leaves nothing behind when it is canceled, or nobody reads on", async () => {
    const wanted = await request();
    const controller = new AbortController();
    const canceled = assemblyText(wanted, controller.signal);
    await canceled.next();
    controller.abort();
    await assert.rejects(async () => {
      for (let next = await canceled.next(); next.done !== true; next = await canceled.next());
    }, AbortError);
    const read = assemblyText(wanted, new AbortController().signal);
    await read.next();
    await read.return(undefined);
    assert.deepEqual(left(), []);
  });

  it("fails where the package does not compile", async () => {
    const overlays = new Map([[module.path("m.go"), "package m\n\nvar x int = nothing\n"]]);
    const wanted = { ...(await request()), overlays };
    await assert.rejects(async () => {
      await readAssembly(assemblyText(wanted, new AbortController().signal), "amd64", module.dir);
    }, GoCommandError);
    assert.deepEqual(left(), []);
  });
});
