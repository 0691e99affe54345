/** `escapelens mcp` with the official client, over stdio: what agents get, checked against what the commands say. */
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";
import type { CallToolResult } from "@modelcontextprotocol/sdk/types.js";
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { cacheVariable } from "../../server/src/cacheFolder.js";
import type { JsonReport } from "../../server/src/cli/json.js";
import type { AskAnswer, CheckAnswer, ExplainAnswer } from "../../server/src/cli/mcp/agentTools.js";
import { type TestModule, testModule } from "../harness/module.js";
import { serverOut } from "../harness/paths.js";
import { processesNaming } from "../harness/processes.js";
import { escapelens } from "./tool.js";

const source = `package store

type User struct{ Name string }

func Names(users []User) []string {
	names := []string{}
	for _, user := range users {
		names = append(names, user.Name)
	}
	return names
}

func New(name string) *User {
	user, count := User{name}, 1
	println(count)
	return &user
}

func max(x int) int { x++; return x }
`;

const decoding =
  'package codec\n\nimport "encoding/json"\n\nfunc Read(b []byte) (n int) {\n\tvar read struct{ N int }\n\t_ = json.Unmarshal(b, &read)\n\treturn read.N\n}\n';

const broken = "package broken\n\nfunc F() int { return nil }\n";

describe("escapelens mcp", () => {
  const cli = path.join(serverOut, "cli.js");
  let module: TestModule;
  let client: Client;

  before(async () => {
    module = testModule({ "store/store.go": source, "codec/codec.go": decoding, "broken/broken.go": broken });
    const env = {
      ...(process.env as Record<string, string>),
      [cacheVariable]: module.path("cache"),
      LC_ALL: "C",
    };
    const transport = new StdioClientTransport({
      command: process.execPath,
      args: [cli, "mcp"],
      cwd: module.dir,
      env,
      // What packages that do not compile say is for the terminal of a person.
      stderr: "ignore",
    });
    client = new Client({ name: "test", version: "1" });
    await client.connect(transport);
  });

  after(async () => {
    await client.close();
    module.dispose();
  });

  /** The structured answer, which the client has held against the tool's schema, and which the text repeats. */
  const call = async (name: string, input: Record<string, unknown>) => {
    const result = (await client.callTool({ name, arguments: input })) as CallToolResult;
    const [content] = result.content;
    assert.ok(content?.type === "text");
    if (result.isError === true) return { refusal: content.text };
    assert.deepEqual(JSON.parse(content.text), result.structuredContent);
    return { answer: result.structuredContent as unknown };
  };

  it("has tools that only read, each with schemas", async () => {
    const { tools } = await client.listTools();
    assert.deepEqual(tools.map(({ name }) => name).sort(), [
      "ask_about_line",
      "check_packages",
      "explain_site",
      "list_fixes",
    ]);
    for (const { name, description, inputSchema, outputSchema, annotations } of tools) {
      assert.ok((description ?? "").length > 40, name);
      assert.equal(annotations?.readOnlyHint, true, name);
      assert.equal(outputSchema?.type, "object", name);
      const inputs = Object.values(inputSchema.properties ?? {}) as { description?: string }[];
      assert.ok(inputs.length > 0 && inputs.every((input) => input.description !== undefined), name);
    }
  });

  it("checks packages with the JSON of the command line, the loudest first", async () => {
    const { answer } = await call("check_packages", { packages: ["./store"] });
    const { omitted, sites, ...rest } = answer as CheckAnswer;
    const flags = ["--level=hint", "--fail-on=off", "--format=json"];
    const { stdout } = escapelens(["check", ...flags, "./store"], { cwd: module.dir });
    const { sites: all, ...expected } = JSON.parse(stdout) as JsonReport;
    assert.deepEqual(rest, expected);
    assert.equal(omitted, 0);
    assert.deepEqual(
      sites.map(({ expression, severity }) => [expression, severity]),
      [
        ["append", "information"],
        ["user", "hint"],
      ],
    );
    for (const site of sites)
      assert.deepEqual(
        site,
        all.find(({ id }) => id === site.id),
      );
  });

  it("leaves out what is beyond the limit, and says so", async () => {
    const { answer } = await call("check_packages", { packages: ["./store"], limit: 1 });
    const { omitted, sites } = answer as CheckAnswer;
    assert.deepEqual([omitted, sites.length, sites[0]?.reason], [1, 1, "append-growth"]);
  });

  it("says which package does not compile, and goes on with the others", async () => {
    const { answer } = await call("check_packages", {});
    const { packages, sites } = answer as CheckAnswer;
    const [first, second, third] = packages;
    assert.match(first?.error ?? "", /cannot use nil/);
    assert.deepEqual([second?.importPath, second?.error], ["example.com/m/codec", null]);
    assert.deepEqual([third?.importPath, third?.error, sites.length], ["example.com/m/store", null, 3]);
  });

  it("explains a site by its id, and refuses one that is gone", async () => {
    const { answer: report } = await call("check_packages", { packages: ["./store"] });
    const site = (report as CheckAnswer).sites.find(({ expression }) => expression === "user");
    const { answer } = await call("explain_site", { site: site?.id, packages: ["./store"] });
    const { explanation, reasonPage, site: explained } = answer as ExplainAnswer;
    assert.deepEqual(explained, site);
    assert.match(explanation, /`user` .*heap/);
    assert.match(explanation, /store\.go:16/);
    assert.match(explanation, /allocates 16 B /);
    assert.match(reasonPage, /return-address\.md$/);
    assert.match((await call("explain_site", { site: "0" })).refusal ?? "", /No site has the id 0/);
  });

  it("answers about a line, and about an expression that stays on the stack", async () => {
    const about = async (line: number, expression?: string) =>
      (await call("ask_about_line", { file: "store/store.go", line, ...(expression && { expression }) })) as {
        answer: AskAnswer;
        refusal?: string;
      };
    const grown = (await about(8)).answer;
    assert.deepEqual(
      grown.sites.map(({ expression }) => expression),
      ["append"],
    );
    assert.match(grown.answer, /grows on the heap/);
    const local = (await about(14, "count")).answer;
    assert.deepEqual(
      local.sites.map(({ expression }) => expression),
      ["user"],
    );
    assert.match(local.answer, /`count` stays/);
    assert.match((await about(15)).answer.answer, /nothing of this line on the heap/);
    assert.match((await about(19, "x")).answer.answer, /`x` stays/);
    assert.match((await about(14, "other")).refusal ?? "", /Line 14 has no `other`/);
  });

  it("shows where a parameter of another package leaks that takes the value", async () => {
    const asked = await call("ask_about_line", { file: "codec/codec.go", line: 6, expression: "read" });
    const { answer } = asked.answer as AskAnswer;
    const [, way = ""] = /\nHow `v` reaches the heap in `json\.Unmarshal`:\n([^]*?)\n\n/.exec(answer) ?? [];
    assert.match(way, /^decode\.go:\d+:\d+: passed to a function: `d\.unmarshal\(v\)`\ndecode\.go:\d+:\d+: /);
  });

  it("lists fixes that the compiler has checked, as a diff that git applies, and writes nothing", async () => {
    const { answer } = await call("list_fixes", { packages: ["./store"] });
    const { fixes, diff, written } = answer as {
      fixes: { fix: string; file: string; behavior: string | null }[];
      diff: string;
      written: boolean;
    };
    assert.equal(written, false);
    assert.deepEqual(
      fixes.map(({ fix, file, behavior }) => [fix, file, behavior]),
      [["preallocate-slice", "store/store.go", null]],
    );
    assert.equal(readFileSync(module.path("store/store.go"), "utf8"), source);
    execFileSync("git", ["apply", "-"], { cwd: module.dir, input: diff });
    assert.match(
      readFileSync(module.path("store/store.go"), "utf8"),
      /names := make\(\[\]string, 0, len\(users\)\)/,
    );
    module.write("store/store.go", source);
    assert.match((await call("list_fixes", { kinds: ["no-such"] })).refusal ?? "", /expected one of/);
  });

  it("refuses wrong input and folders without Go code in words, and goes on", async () => {
    const wrong = await call("check_packages", { level: "loud" });
    assert.match(wrong.refusal ?? "", /level/);
    const nowhere = await call("check_packages", { target: "plan9" });
    assert.match(nowhere.refusal ?? "", /expected GOOS\/GOARCH/);
    const missing = await call("check_packages", { folder: "no such folder" });
    assert.ok(missing.refusal !== undefined && missing.refusal !== "");
    assert.equal((await client.listTools()).tools.length, 4);
  });

  it("works for other targets", async () => {
    const { answer } = await call("check_packages", { packages: ["./store"], target: "linux/arm64" });
    assert.equal((answer as CheckAnswer).target, "linux/arm64");
  });

  it("ends with its client, and leaves no process", async () => {
    await client.close();
    assert.deepEqual(processesNaming(module.dir), []);
  });
});
