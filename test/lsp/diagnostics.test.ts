import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { messageOf, underlined } from "../harness/diagnostics.js";
import { TestClient } from "../harness/languageClient.js";
import { type TestModule, testModule } from "../harness/module.js";

const user = `package user

type User struct{ Name string }

func New(name string) *User {
	u := User{Name: name}
	return &u
}
`;

describe("diagnostics over stdio", () => {
  let module: TestModule;
  let client: TestClient;

  const start = async (files: Readonly<Record<string, string | Uint8Array>>, name?: string) => {
    module = testModule(files, name);
    client = await TestClient.start({ folders: [module.dir] });
  };

  /** Opens a file as an editor does (no byte order mark) and returns what is underlined, with its codes. */
  const shown = async (relative: string, contents: string) => {
    const text = contents.replace(/^\uFEFF/, "");
    const uri = await client.open(module.path(relative), text);
    const status = await client.idle(uri);
    assert.equal(status.problem, null);
    return underlined(client.diagnostics(uri), text);
  };

  afterEach(async () => {
    await client.dispose();
    module.dispose();
  });

  it("shows each site at its exact range, with its way to the heap, on open", async () => {
    await start({ "user.go": user });
    const uri = await client.open(module.path("user.go"), user);
    const status = await client.idle(uri);
    assert.equal(status.problem, null);
    assert.equal(status.package, "example.com/m");
    const [diagnostic, ...others] = client.diagnostics(uri);
    assert.deepEqual(others, []);
    assert.ok(diagnostic);
    assert.deepEqual(diagnostic.range, { start: { line: 5, character: 1 }, end: { line: 5, character: 2 } });
    assert.equal(messageOf(diagnostic), "`u` moves to the heap: its address is returned (line 7)");
    assert.equal(diagnostic.code, "return-address");
    assert.equal(diagnostic.source, "escape");
    // Its page is beside the program, so that it can be read offline.
    const page = readFileSync(new URL(diagnostic.codeDescription?.href ?? ""), "utf8");
    assert.match(page, /^# return-address\n/);
    assert.equal(diagnostic.relatedInformation?.length, 2);
    assert.equal(client.published.at(-1)?.version, 1);
  });

  it("analyses what the editor holds when it is saved, and publishes only what changed", async () => {
    await start({ "user.go": user });
    const uri = await client.open(module.path("user.go"), user);
    await client.idle(uri);
    const seen = client.statuses.length;
    const fixed = user.replace("*User", "User").replace("&u", "u");
    await client.change(uri, [{ text: fixed }]);
    module.write("user.go", fixed);
    await client.save(uri);
    await client.status((status) => status.uri === uri && status.phase === "idle", seen);
    assert.deepEqual(client.diagnostics(uri), []);
    const count = client.published.length;
    const again = client.statuses.length;
    await client.save(uri);
    await client.idle(uri, again);
    assert.equal(client.published.length, count);
  });

  it("takes unsaved text of the package's other files into account", async () => {
    const caller = "package user\n\nvar keep *User\n\nfunc Keep(u *User) { keep = u }\n";
    const local = "package user\n\nfunc Local() {\n\tu := User{}\n\tKeep(&u)\n}\n";
    await start({ "user.go": user, "keep.go": caller, "local.go": local });
    const keepUri = await client.open(module.path("keep.go"), caller);
    await client.idle(keepUri);
    await client.change(keepUri, [{ text: caller.replace("keep = u", "_ = u") }]);
    assert.deepEqual(await shown("local.go", local), []);
  });

  it("keeps the last good results while the code does not compile, marked, and says why", async () => {
    await start({ "user.go": user });
    const uri = await client.open(module.path("user.go"), user);
    await client.idle(uri);
    const seen = client.statuses.length;
    await client.change(uri, [
      {
        range: { start: { line: 7, character: 1 }, end: { line: 7, character: 1 } },
        text: "\nfunc broken() int { return x }\n",
      },
    ]);
    await client.save(uri);
    const status = await client.idle(uri, seen);
    assert.equal(status.problem?.code, "does-not-compile");
    assert.equal(status.problem.stale, true);
    assert.match(status.problem.message, /undefined: x/);
    const [diagnostic] = client.diagnostics(uri);
    assert.match(messageOf(diagnostic), /^`u` moves to the heap.*as of the last build that compiled/);
    assert.deepEqual(diagnostic?.range.start, { line: 5, character: 1 });
  });

  it("shows the package's results though its tests do not compile", async () => {
    await start({ "user.go": user, "user_test.go": 'package user\n\nvar x int = "no"\n' });
    const uri = await client.open(module.path("user.go"), user);
    const status = await client.idle(uri);
    assert.equal(status.problem?.code, "does-not-compile");
    assert.deepEqual(underlined(client.diagnostics(uri), user), ["u return-address"]);
  });

  it("counts bytes as the compiler does and UTF-16 as the editor does", async () => {
    const text = `package p\n\nvar sink []any\n\nfunc F(n int) {\n\tfor i := range make([]int, 9) {\n\t\ts := "日本語🙂\t"; sink = append(sink, s, n+i, /* 中文 */ &n)\n\t}\n}\n`;
    await start({ "p.go": text });
    // append itself is reported since Go 1.25, and a string that never changes is a constant since then.
    const places = (await shown("p.go", text)).filter((place) => !/^(?:append\(|s )/.test(place));
    assert.deepEqual(places, ["n appended", "n+i appended"]);
  });

  for (const [kind, change] of [
    ["carriage returns", (text: string) => text.replaceAll("\n", "\r\n")],
    ["a byte order mark", (text: string) => `\uFEFF${text}`],
    ["both", (text: string) => `\uFEFF${text.replaceAll("\n", "\r\n")}`],
  ] as const) {
    it(`finds its places in a file with ${kind}`, async () => {
      const text = change(
        "package p; func One() *int { 日 := 1; return &日 }\n\nfunc Two() *int {\n\tx := 1\n\treturn &x\n}\n",
      );
      await start({ "p.go": text });
      assert.deepEqual(await shown("p.go", text), ["日 return-address", "x return-address"]);
    });
  }

  it("does not mix up files of one name, generic functions, and external tests", async () => {
    const generic = "package lib\n\nfunc Box[T any](v T) *T {\n\tw := v\n\treturn &w\n}\n";
    const caller =
      'package app\n\nimport "example.com/m/lib"\n\nfunc Two() (*int, *string) {\n\ts := lib.Box("x")\n\tn := 2\n\treturn &n, s\n}\n';
    const external =
      'package app_test\n\nimport (\n\t"testing"\n\n\t"example.com/m/app"\n)\n\nfunc TestTwo(t *testing.T) { n, _ := app.Two(); _ = n }\n';
    await start({ "lib/x.go": generic, "app/x.go": caller, "app/x_test.go": external });
    assert.deepEqual(await shown("app/x.go", caller), ["Box return-address", "n return-address"]);
  });

  it("analyses cgo files at their own places", async () => {
    const text =
      'package p\n\n// int twice(int n) { return 2 * n; }\nimport "C"\n\nfunc F() *int {\n\tn := int(C.twice(2))\n\treturn &n\n}\n';
    await start({ "c.go": text });
    assert.deepEqual(await shown("c.go", text), ["n return-address"]);
  });

  it("leaves nothing behind in the workspace, not even for a main package", async () => {
    const text = "package main\n\nvar p *int\n\nfunc main() { x := 1; p = &x }\n";
    await start({ "main.go": text });
    assert.deepEqual(await shown("main.go", text), ["x stored-global"]);
    assert.deepEqual(readdirSync(module.dir).sort(), ["go.mod", "main.go"]);
  });

  it("works in folders with blanks, Chinese characters and markup in their names", async () => {
    await start({ "user.go": user }, "[日本](command:x) <b> & `1`:2:3: y");
    assert.deepEqual(await shown("user.go", user), ["u return-address"]);
  });

  it("does not analyse files that build constraints exclude, and says so", async () => {
    const text = "//go:build never\n\npackage user\n";
    await start({ "user.go": user, "never.go": text });
    const uri = await client.open(module.path("never.go"), text);
    assert.equal((await client.idle(uri)).problem?.code, "excluded");
  });

  it("says what to do outside a module", async () => {
    await start({ "go.mod": "", "user.go": user });
    const uri = await client.open(module.path("user.go"), user);
    const { problem } = await client.idle(uri);
    assert.equal(problem?.code, "no-module");
    assert.match(problem.message, /go mod init/);
  });
});
