/** What Windows and macOS print and call things, as recorded there: to be read on any machine. */
import assert from "node:assert/strict";
import { OutputParser } from "../../../server/src/compiler/outputParser.js";
import { withDriveOf } from "../../../server/src/go/driveLetter.js";
import { goEnvironment } from "../../../server/src/go/environment.js";
import { packageGraph } from "../../../server/src/go/packageGraph.js";
import { firstPosition, parsePosition } from "../../../server/src/go/problems.js";
import { taskkillCommand } from "../../../server/src/go/processTree.js";
import { findGo, type GoSearch, type Machine } from "../../../server/src/go/toolchain.js";

describe("the compiler's text on Windows", () => {
  it("names files with drives, backslashes and blanks, and ends lines with a carriage return", () => {
    const parser = new OutputParser((file) => file);
    const text = [
      "# example.com/m",
      "C:\\Users\\Jo Doe\\m\\a.go:7:9: moved to heap: x",
      ".\\b.go:3:17: &T{} escapes to heap:",
      ".\\b.go:3:17:   flow: ~r0 ← &{storage for &T{}}:",
      ".\\b.go:3:17:     from &T{} (spill) at C:\\m\\b.go:3:17",
      "",
    ].join("\r\n");
    const facts = [...parser.push(text), ...parser.end()];
    assert.equal(parser.counts.unknown, 0);
    assert.deepEqual(
      facts.map((fact) => ("position" in fact ? fact.position : fact.kind)),
      [
        "package",
        { file: "C:\\Users\\Jo Doe\\m\\a.go", line: 7, column: 9 },
        { file: ".\\b.go", line: 3, column: 17 },
      ],
    );
    const [, , explanation] = facts;
    assert.ok(explanation?.kind === "explanation");
    assert.deepEqual(explanation.flows[0]?.steps[0]?.position, { file: "C:\\m\\b.go", line: 3, column: 17 });
  });

  it("has errors whose places hold a drive's colon", () => {
    assert.equal(parsePosition("C:\\m\\a.go:3:5", "/")?.line, 3);
    const found = firstPosition("# m\r\n.\\a.go:3:5: undefined: x\r\n", "/");
    assert.deepEqual([found?.position.line, found?.position.column, found?.message], [3, 5, "undefined: x"]);
  });
});

describe("environments without letter case", () => {
  const sources = {
    base: { Path: "C:\\Go\\bin", GoFlags: "-mod=mod", goproxy: "https://proxy.example" },
    settings: { PATH: "D:\\go\\bin" },
    temporaryFolder: "C:\\Temp\\x",
  };

  it("hold each variable once on Windows, the settings' and ours last", () => {
    const environment = goEnvironment(sources, "win32");
    const names = Object.keys(environment).map((name) => name.toUpperCase());
    assert.equal(new Set(names).size, names.length);
    assert.equal(environment["PATH"], "D:\\go\\bin");
    assert.equal(environment["GOPROXY"], "off");
    assert.equal(environment["goproxy"], undefined);
  });

  it("are left as they are elsewhere", () => {
    assert.equal(goEnvironment(sources, "darwin")["Path"], "C:\\Go\\bin");
  });
});

describe("folders without letter case", () => {
  const machine = (platform: NodeJS.Platform, home: string): Machine => ({
    platform,
    home,
    isExecutable: (file) => Promise.resolve(/[\\/]go(?:\.exe)?$/.test(file)),
    realPath: (file) => Promise.resolve(file),
    list: () => Promise.resolve([]),
  });
  const search = (workspace: string, path: string): GoSearch => ({
    configured: "",
    alternate: "",
    goroot: "",
    workspaceFolders: [workspace],
    env: { PATH: path },
  });

  for (const [platform, workspace, inside, outside] of [
    ["win32", "C:\\Work\\Shop", "c:\\work\\SHOP\\bin", "D:\\Go\\bin"],
    ["win32", "\\\\server\\share\\Shop", "\\\\SERVER\\share\\shop\\tools", "C:\\Go\\bin"],
    ["darwin", "/Users/jo/Shop", "/users/JO/shop/bin", "/opt/homebrew/bin"],
  ] as const) {
    it(`never give a go of the workspace ${workspace}, however it is spelled`, async () => {
      const delimiter = platform === "win32" ? ";" : ":";
      const home = platform === "win32" ? "C:\\Users\\jo" : "/Users/jo";
      const answer = await findGo(
        search(workspace, `${inside}${delimiter}${outside}`),
        machine(platform, home),
      );
      assert.ok("found" in answer);
      assert.equal(answer.found.file, `${outside}${platform === "win32" ? "\\go.exe" : "/go"}`);
    });
  }

  it("are told apart on Linux", async () => {
    const answer = await findGo(search("/home/jo/Shop", "/home/jo/shop/bin"), machine("linux", "/home/jo"));
    assert.ok("found" in answer);
    assert.equal(answer.found.file, "/home/jo/shop/bin/go");
  });
});

describe("drives", () => {
  it("are spelled as where go ran, whatever it prints", () => {
    for (const [root, printed, expected] of [
      ["c:\\Work\\m", "C:\\Work\\m\\a.go", "c:\\Work\\m\\a.go"],
      ["C:\\m", "c:/m/a.go", "C:/m/a.go"],
      ["c:\\m", "D:\\m\\a.go", "D:\\m\\a.go"],
      ["c:\\m", "\\\\server\\share\\a.go", "\\\\server\\share\\a.go"],
      ["/c/m", "/C/m/a.go", "/C/m/a.go"],
      ["c:\\m", "a.go", "a.go"],
    ] as const)
      assert.equal(withDriveOf(root, printed), expected);
  });

  it("are spelled so in all that go list says of a package", () => {
    const listed = {
      ImportPath: "example.com/m",
      Dir: "C:\\Work\\m",
      GoFiles: ["a.go"],
      Module: { Path: "example.com/m", Main: true, Dir: "C:\\Work\\m" },
    };
    const { packages } = packageGraph([listed], "c:\\Work\\m", "main");
    assert.deepEqual(
      packages.map(({ dir, root }) => [dir, root]),
      [["c:\\Work\\m", "c:\\Work\\m"]],
    );
  });
});

describe("the end of a process tree on Windows", () => {
  it("is taskkill's, by its full path, with all descendants and by force", () => {
    for (const env of [{ SystemRoot: "D:\\Windows" }, { SYSTEMROOT: "D:\\Windows" }]) {
      assert.deepEqual(taskkillCommand(4711, env), {
        file: "D:\\Windows\\System32\\taskkill.exe",
        args: ["/pid", "4711", "/T", "/F"],
      });
    }
    assert.equal(taskkillCommand(1, {}).file, "C:\\Windows\\System32\\taskkill.exe");
  });
});
