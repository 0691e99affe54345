import assert from "node:assert/strict";
import path from "node:path";
import { messageOf, underlined } from "../harness/diagnostics.js";
import { TestClient } from "../harness/languageClient.js";
import { type TestModule, testModule } from "../harness/module.js";
import { type ShimmedGo, shimmedGo } from "../harness/shimmedGo.js";

const text = `package p

import "os"

func G(name string) *int {
	defer os.Stdout.Close()
	return nil
}

func H() {
	y := 1
	println(G(name(&y)))
}

var kept *int

func name(p *int) string {
	defer os.Stdout.Close()
	kept = p
	return ""
}
`;

/** A shell's lines that the compiler runs first where it is given the whole package, and no excerpt of it. */
function onWholePackages(lines: string): string {
  return `case "$*" in -m*)
  excerpt=
  for each in "$@"; do case $each in *.go) if grep -q goEscapeLensHeap "$each"; then excerpt=1; fi;; esac; done
  if [ -z "$excerpt" ]; then ${lines}; fi;;
esac`;
}

describe("typing in packages that take a while, over stdio", function () {
  let module: TestModule;
  let tools: TestModule;
  let go: ShimmedGo;
  let client: TestClient;

  before(function () {
    if (process.platform === "win32") this.skip();
  });

  const start = async (seconds: number) => {
    module = testModule({ "p.go": text });
    tools = testModule({});
    go = shimmedGo(path.join(tools.dir, "tools"));
    go.before("compile", onWholePackages(`sleep ${seconds}`));
    client = await TestClient.start({ folders: [module.dir], env: go.env });
    const uri = await client.open(module.path("p.go"), text);
    await client.idle(uri);
    return uri;
  };

  const withVariable = (variable: string): string =>
    text.replace("return nil", `${variable} := 1; return &${variable}`);

  /** Makes the function return the address of a variable. */
  const edit = (uri: string, variable: string) => {
    const range = { start: { line: 6, character: 1 }, end: { line: 6, character: 999 } };
    return client.change(uri, [{ range, text: `${variable} := 1; return &${variable}` }]);
  };

  const shown = async (uri: string, variable: string) => {
    await client.diagnosed(uri, (all) => all.some((each) => messageOf(each).includes(variable)));
    assert.deepEqual(underlined(client.diagnostics(uri), withVariable(variable)), [
      `${variable} return-address`,
      "y leaking-argument",
    ]);
  };

  afterEach(async () => {
    await client.dispose();
    module.dispose();
    tools.dispose();
  });

  for (const how of ["edited", "edited and saved"]) {
    it(`shows what is new in a function that was ${how} before the package is compiled, and the same behind it`, async () => {
      const uri = await start(0.5);
      const released = path.join(tools.dir, "released");
      go.before("compile", onWholePackages(`until [ -e '${released}' ]; do sleep 0.02; done`));
      const seen = client.statuses.length;
      if (how !== "edited") module.write("p.go", withVariable("early"));
      const version = await edit(uri, "early");
      if (how !== "edited") await client.save(uri);
      await shown(uri, "early");
      const phases = client.statuses.slice(seen).map(({ phase }) => phase);
      // A save begins anew.
      assert.deepEqual(how === "edited" ? phases : [...new Set(phases)], ["working"]);
      tools.write("released", "");
      await client.status((status) => status.phase === "idle" && status.version === version);
      await shown(uri, "early");
    });
  }

  it("looks at the edited function alone where the package takes too long, and at all when it is saved", async () => {
    // Too long is a second, three times.
    const uri = await start(1.1);
    for (const end of ["// 1\n", "// 2\n"]) {
      const seen = client.statuses.length;
      await client.change(uri, [{ text: text + end }]);
      module.write("p.go", text + end);
      await client.save(uri);
      await client.idle(uri, seen);
    }
    const seen = client.statuses.length;
    for (const variable of ["first", "second"]) {
      await edit(uri, variable);
      await shown(uri, variable);
    }
    assert.deepEqual(client.statuses.slice(seen), []);
    module.write("p.go", `${withVariable("second")}// 2\n`);
    await client.save(uri);
    await client.idle(uri, seen);
    await shown(uri, "second");
  });
});
