import assert from "node:assert/strict";
import { messageOf, underlined } from "../harness/diagnostics.js";
import { TestClient } from "../harness/languageClient.js";
import { type TestModule, testModule } from "../harness/module.js";

const two = "package p\n\nfunc F() *int { x := 1; return &x }\n\nfunc G() *int { y := 2; return &y }\n";

describe("typing, over stdio", () => {
  const modules: TestModule[] = [];
  let client: TestClient;

  const start = async (files: Readonly<Record<string, string>>, settings = {}) => {
    const module = testModule(files);
    modules.push(module);
    client = await TestClient.start({ folders: [module.dir], settings });
    return module;
  };

  /** Replaces `from` by `to` in the text as an editor would; returns the new text. */
  const edit = async (uri: string, text: string, from: string, to: string) => {
    const start = text.indexOf(from);
    const at = (offset: number) => {
      const lines = text.slice(0, offset).split("\n");
      return { line: lines.length - 1, character: lines.at(-1)?.length ?? 0 };
    };
    const range = { start: at(start), end: at(start + from.length) };
    const version = await client.change(uri, [{ range, text: to }]);
    return { text: text.slice(0, start) + to + text.slice(start + from.length), version };
  };

  const idleAt = (uri: string, version: number) =>
    client.status((status) => status.uri === uri && status.phase === "idle" && status.version === version);

  afterEach(async () => {
    await client.dispose();
    for (const module of modules.splice(0)) module.dispose();
  });

  it("finds what an unsaved edit brings", async () => {
    const module = await start({ "p.go": two });
    const uri = await client.open(module.path("p.go"), two);
    await client.idle(uri);
    const next = await edit(uri, two, "func G", "func H() *int { z := 3; return &z }\n\nfunc G");
    await idleAt(uri, next.version);
    assert.deepEqual(underlined(client.diagnostics(uri), next.text), [
      "x return-address",
      "z return-address",
      "y return-address",
    ]);
  });

  it("takes back at once what is said of an edited text, and leaves the rest", async () => {
    const module = await start({ "p.go": two });
    const uri = await client.open(module.path("p.go"), two);
    await client.idle(uri);
    const seen = client.published.length;
    const next = await edit(uri, two, "x := 1", "xx := 1");
    await idleAt(uri, next.version + 0).catch(() => undefined);
    const publications = client.published.slice(seen).filter((each) => each.uri === uri);
    assert.deepEqual(underlined(publications[0]?.diagnostics ?? [], next.text), ["y return-address"]);
    for (const each of publications) {
      assert.ok(underlined(each.diagnostics, next.text).includes("y return-address"));
    }
  });

  it("keeps what it knows of code that does not compile, and says so after a pause", async () => {
    const module = await start({ "p.go": two });
    const uri = await client.open(module.path("p.go"), two);
    await client.idle(uri);
    const broken = await edit(uri, two, "func G", "func H() {\n\nfunc G");
    const { problem } = await idleAt(uri, broken.version);
    assert.equal(problem?.code, "does-not-compile");
    assert.equal(problem.stale, true);
    const stale = client.diagnostics(uri);
    assert.deepEqual(underlined(stale, broken.text), ["x return-address", "y return-address"]);
    const whole = await edit(uri, broken.text, "func H() {\n\n", "");
    assert.equal((await idleAt(uri, whole.version)).problem, null);
    const fresh = client.diagnostics(uri);
    assert.deepEqual(underlined(fresh, whole.text), ["x return-address", "y return-address"]);
    assert.notEqual(messageOf(stale[0]), messageOf(fresh[0]));
  });

  it("waits for a save where the settings say so", async () => {
    const module = await start({ "p.go": two }, { goEscapeLens: { analysis: { run: "onSave" } } });
    const uri = await client.open(module.path("p.go"), two);
    await client.idle(uri);
    const next = await edit(uri, two, "func G", "func H() *int { z := 3; return &z }\n\nfunc G");
    const seen = client.statuses.length;
    await client.save(uri);
    await client.idle(uri, seen);
    // The first analysis of this version is the one that the save asked for.
    assert.deepEqual(
      client.statuses.slice(seen).map(({ version }) => version),
      client.statuses.slice(seen).map(() => next.version),
    );
    assert.equal(client.diagnostics(uri).length, 3);
  });

  it("compiles nothing for a save of what it has seen", async () => {
    const module = await start({ "p.go": two });
    const uri = await client.open(module.path("p.go"), two);
    await client.idle(uri);
    const next = await edit(uri, two, "func G", "func H() *int { z := 3; return &z }\n\nfunc G");
    await idleAt(uri, next.version);
    module.write("p.go", next.text);
    const [seen, published] = [client.statuses.length, client.published.length];
    await client.save(uri);
    await client.idle(uri, seen);
    assert.deepEqual(
      client.statuses.slice(seen).map(({ phase }) => phase),
      ["working", "sites", "idle"],
    );
    assert.equal(client.published.length, published);
  });

  it("judges external tests by the unsaved package", async () => {
    const text = "package p\n\nfunc Keep(p *int) {}\n";
    const test = 'package p_test\n\nimport "example.com/m"\n\nfunc local() { x := 1; p.Keep(&x) }\n';
    const severity = { test: "hint" };
    const module = await start(
      { "p.go": text, "p_test.go": test },
      { goEscapeLens: { diagnostics: { severity } } },
    );
    const uri = await client.open(module.path("p.go"), text);
    const testUri = await client.open(module.path("p_test.go"), test);
    await client.idle(testUri);
    assert.deepEqual(client.diagnostics(testUri), []);
    const before = client.statuses.length;
    const next = await edit(
      uri,
      text,
      "func Keep(p *int) {}",
      "var kept *int\n\nfunc Keep(p *int) { kept = p }",
    );
    await idleAt(uri, next.version);
    await client.idle(testUri, before);
    const seen = client.statuses.length;
    await client.save(uri);
    await client.idle(testUri, seen);
    assert.deepEqual(
      client.diagnostics(testUri).map(({ code }) => code),
      ["stored-global"],
    );
  });

  it("analyzes open packages anew when one that they depend on is saved", async () => {
    const dep = "package dep\n\nfunc Keep(p *int) {}\n";
    const text = 'package p\n\nimport "example.com/m/dep"\n\nfunc F() { x := 1; dep.Keep(&x) }\n';
    const module = await start({ "p.go": text, "dep/dep.go": dep });
    const uri = await client.open(module.path("p.go"), text);
    await client.idle(uri);
    assert.deepEqual(client.diagnostics(uri), []);
    const depUri = await client.open(module.path("dep/dep.go"), dep);
    await client.idle(depUri);
    const next = await edit(
      depUri,
      dep,
      "func Keep(p *int) {}",
      "var kept *int\n\nfunc Keep(p *int) { kept = p }",
    );
    module.write("dep/dep.go", next.text);
    const seen = client.statuses.length;
    await client.save(depUri);
    await client.idle(uri, seen);
    assert.deepEqual(underlined(client.diagnostics(uri), text), ["x stored-global"]);
  });

  it("says what a site really allocates, once the machine code is read", async () => {
    const text = "package p\n\nfunc F() *[4]int { return &[4]int{1, 2, 3, 4} }\n";
    const module = await start({ "p.go": text });
    const uri = await client.open(module.path("p.go"), text);
    await client.idle(uri);
    assert.deepEqual(
      client.statuses.map(({ phase }) => phase),
      ["working", "sites", "sites", "flows", "evidence", "verdicts", "idle"],
    );
    const [diagnostic] = client.diagnostics(uri);
    assert.equal((diagnostic?.data as { allocates: string }).allocates, "yes");
  });

  const boxing = `package p

var sink any

type empty struct{}

func F(n int, e empty) *int {
	x := 1
	sink = n
	sink = e
	return &x
}
`;

  /** What the publications of one version said, each as `text: message` by place. */
  const saidAt = (uri: string, version: number, text: string) =>
    client.published
      .filter((each) => each.uri === uri && each.version === version)
      .map(({ diagnostics }) =>
        diagnostics.map((each, index) => `${underlined(diagnostics, text)[index] ?? ""}: ${messageOf(each)}`),
      );

  it("takes nothing back and rewords nothing once the machine code is read, and shows the rest then", async () => {
    const module = await start({ "p.go": boxing });
    const uri = await client.open(module.path("p.go"), boxing);
    await client.idle(uri);
    const said = saidAt(uri, 1, boxing);
    const [first = [], last = []] = [said[0], said.at(-1)];
    assert.deepEqual(first, ["x return-address: `x` moves to the heap: its address is returned (line 11)"]);
    assert.equal(last.length, 2, last.join("\n"));
    assert.ok(
      last.some((each) => /^n .* unless it is an integer from 0 to 255: /.test(each)),
      last.join("\n"),
    );
    for (const [index, each] of said.entries())
      for (const earlier of said.slice(0, index).flat()) assert.ok(each.includes(earlier), earlier);
  });

  it("knows at once what the machine code said of a line that is typed again", async () => {
    const module = await start({ "p.go": boxing });
    const uri = await client.open(module.path("p.go"), boxing);
    await client.idle(uri);
    const before = client.diagnostics(uri).map((each) => messageOf(each));
    const without = await edit(uri, boxing, "\tsink = n\n", "\t_ = n\n");
    await idleAt(uri, without.version);
    assert.equal(client.diagnostics(uri).length, 1);
    const again = await edit(uri, without.text, "\t_ = n\n", "\tsink = n\n");
    await client.status(({ phase, version }) => phase === "sites" && version === again.version);
    assert.deepEqual(
      client.diagnostics(uri).map((each) => messageOf(each)),
      before,
    );
  });

  it("takes back what an edit elsewhere has made free, and shows what it costs now", async () => {
    const growing =
      "package p\n\nfunc F(in []string) []string {\n\tout := []string{}\n\tfor _, v := range in {\n\t\tout = append(out, v)\n\t}\n\treturn out\n}\n";
    const module = await start({ "p.go": growing });
    const uri = await client.open(module.path("p.go"), growing);
    await client.idle(uri);
    assert.match(underlined(client.diagnostics(uri), growing).join(), /^append\(out, v\)/);
    const fixed = await edit(uri, growing, "[]string{}", "make([]string, 0, len(in))");
    await idleAt(uri, fixed.version);
    assert.deepEqual(underlined(client.diagnostics(uri), fixed.text), [
      "make([]string, 0, len(in)) returned",
    ]);
    const undone = await edit(uri, fixed.text, "make([]string, 0, len(in))", "[]string{}");
    await idleAt(uri, undone.version);
    assert.match(underlined(client.diagnostics(uri), undone.text).join(), /^append\(out, v\)/);
  });
});
