import assert from "node:assert/strict";
import { compileArguments } from "../../../server/src/go/buildPlan.js";
import { actionIdOf, exportFields, parseListing } from "../../../server/src/go/listOutput.js";
import { streamProcess } from "../../../server/src/go/process.js";
import { makeProject, noSignal, removeProjects, setUp, type Options } from "./goProject.js";

const project = {
  "go.mod": "module example.com/m\n\ngo 1.21\n",
  "m.go": "package m\n\nfunc F() *int {\n\tx := 1\n\treturn &x\n}\n",
  "m_test.go": "package m\n\nfunc G() *int {\n\ty := 1\n\treturn &y\n}\n",
  "broken/b.go": "package broken\n\nvar X = undefined\n",
};

describe("the compile plan", function () {
  this.timeout(120_000);
  afterEach(removeProjects);

  async function compile(root: string, level: 1 | 2, options: Options = {}) {
    const { go, env, flags } = await setUp(root, options);
    const request = { flags, patterns: ["./..."], tests: true, level, parallelism: 1 };
    const args = compileArguments(request, exportFields);
    const run = streamProcess({ file: go, args, cwd: root, env, signal: noSignal }, "stderr");
    let text = "";
    for await (const chunk of run.chunks) text += chunk;
    return { text, packages: parseListing((await run.result).stdout) };
  }

  it("gives the compiler's messages, tests included, and what was built", async () => {
    const root = await makeProject(project);
    const { text, packages } = await compile(root, 2);
    assert.match(text, /^# example\.com\/m$/m);
    assert.match(text, /^# example\.com\/m \[example\.com\/m\.test\]$/m);
    assert.match(text, /^\.\/m\.go:4:2: moved to heap: x$/m);
    assert.match(text, /^\.\/m_test\.go:4:2: moved to heap: y$/m);
    assert.match(text, /flow: ~r0 /);
    const plain = packages.find((found) => found.ImportPath === "example.com/m");
    assert.match(actionIdOf(plain?.BuildID) ?? "", /^[\w-]{20}$/);
    const broken = packages.find((found) => found.ImportPath === "example.com/m/broken");
    assert.match(broken?.Error?.Err ?? "", /undefined/);
    assert.equal((await compile(root, 2)).text.includes("moved to heap: x"), true, "nothing was replayed");
  });

  it("gives verdicts without flows on the first level", async () => {
    const { text } = await compile(await makeProject(project), 1);
    assert.match(text, /moved to heap: x/);
    assert.doesNotMatch(text, /flow:/);
  });

  it("is not disturbed by a person's own flags", async () => {
    const root = await makeProject(project);
    const plain = (await compile(root, 1)).text.split("\n").sort();
    const options = {
      env: { GOFLAGS: "-gcflags=all=-N -trimpath -x -json" },
      buildFlags: ["-gcflags=-l", "-v", "-n"],
    };
    assert.deepEqual((await compile(root, 1, options)).text.split("\n").sort(), plain);
  });
});
