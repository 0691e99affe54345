/** What the lines of a profile allocated, and which sites it is of. */
import assert from "node:assert/strict";
import { before, describe, it } from "mocha";
import type { Site } from "../../../server/src/analysis/site.js";
import type { GoPackage } from "../../../server/src/go/packages.js";
import { type LoadedProfile } from "../../../server/src/profile/loadedProfile.js";
import { loadProfile } from "../../../server/src/profile/loadProfile.js";
import { summarize } from "../../../server/src/profile/profileSummary.js";
import { initializeSyntax } from "../../../server/src/syntax/treeSitter.js";
import { serverOut } from "../../harness/paths.js";
import { madeSite } from "../../harness/sites.js";
import { profileBytes, profileFolder, type WrittenSample } from "./profiles.js";

const text = `package p

func F() *T {
	return &T{}
}

func G() {
	use(F(), errors.New("x"), json.Marshal(1))
}
`;

const variant = {
  ...{
    id: "example.com/m/p",
    importPath: "example.com/m/p",
    forTest: null,
    name: "p",
    dir: "/w/p",
    root: "/w",
  },
  ...{ files: ["/w/p/a.go"], goVersion: null, actionId: null, error: null },
};
const packages: readonly GoPackage[] = [
  { importPath: "example.com/m/p", dir: "/w/p", root: "/w", variants: [variant], ignoredFiles: [] },
];

const startLines = { "example.com/m/p.F": 3, "example.com/m/p.G": 7 };
const caller = "example.com/m/p.G /build/p/a.go:8";
const allocation = (line: number, bytes: number): WrittenSample => ({
  stack: [`example.com/m/p.F /build/p/a.go:${line}`, caller, "main.main /build/main.go:1"],
  objects: 10,
  bytes: 10 * bytes,
});

async function loaded(
  samples: readonly WrittenSample[],
  present = text,
  then: readonly WrittenSample[] = [],
): Promise<LoadedProfile> {
  const folder = profileFolder({
    now: profileBytes(samples, startLines),
    ...(then.length > 0 && { then: profileBytes(then, startLines) }),
  });
  try {
    return await loadProfile(
      {
        ...{
          sources: ["now"],
          before: then.length > 0 ? ["then"] : [],
          metric: "alloc",
          folder: folder.dir,
        },
        ...{ packages, textOf: () => Promise.resolve(present), mayRunGit: false },
      },
      () => undefined,
      new AbortController().signal,
    );
  } finally {
    folder.dispose();
  }
}

function site(line: number, bytes: number | null, properties: Partial<Site> = {}): Site {
  const evidence = [{ call: "runtime.newobject", type: "p.T", bytes }];
  return madeSite(line, { file: "/w/p/a.go", evidence, ...properties });
}

const profileOf = (profile: LoadedProfile, sites: readonly Site[]) =>
  profile.annotate("/w/p/a.go", sites).map((each) => each.profile);

describe("a profile's lines and their sites", () => {
  before(async () => {
    await initializeSyntax(serverOut);
  });

  it("are joined by function and line, wherever the program was built, and the calls that pay are named", async () => {
    const profile = await loaded([allocation(4, 48)]);
    const [found] = profileOf(profile, [site(3, 48)]);
    assert.deepEqual([found?.bytes, found?.objects, found?.share, found?.sharedWith], [480, 10, 1, 0]);
    assert.deepEqual(found?.callers, [{ file: "/w/p/a.go", line: 7, bytes: 480 }]);
  });

  it("are told apart by the size of their objects, and shared where that does not tell", async () => {
    const profile = await loaded([allocation(4, 48), allocation(4, 64)]);
    const two = [site(3, 41, { id: "a" }), site(3, 64, { id: "b" })];
    assert.deepEqual(
      profileOf(profile, two).map((found) => [found?.bytes, found?.sharedWith]),
      [
        [480, 0],
        [640, 0],
      ],
    );
    const alike = [site(3, 48, { id: "a" }), site(3, 48, { id: "b" }), site(3, null, { id: "c" })];
    assert.deepEqual(
      profileOf(profile, alike).map((found) => [found?.bytes, found?.sharedWith]),
      [
        [480, 2],
        [480, 2],
        [480 + 640, 2],
      ],
    );
  });

  it("tell inlined functions from the line's own expressions", async () => {
    const stack = [
      "errors.New /go/errors.go:62 < example.com/m/p.G /build/p/a.go:8",
      "main.main /build/main.go:1",
    ];
    const profile = await loaded([{ stack, objects: 5, bytes: 80 }]);
    const inlined = site(7, 16, { id: "inlined", inlinedFrom: "errors.New" });
    const [own, found] = profileOf(profile, [site(7, 16, { id: "own" }), inlined]);
    assert.equal(own, undefined);
    assert.deepEqual([found?.bytes, found?.sharedWith, found?.isCopy], [80, 0, false]);
  });

  it("are shown at the call as well where an own function is inlined, and counted once", async () => {
    const stack = [
      "example.com/m/p.F /build/p/a.go:4 < example.com/m/p.G /build/p/a.go:8",
      "main.main /m/main.go:1",
    ];
    const profile = await loaded([{ stack, objects: 5, bytes: 80 }]);
    const sites = [site(3, 16), site(7, 16, { inlinedFrom: "F" })];
    const [inside, copy] = profileOf(profile, sites);
    assert.deepEqual([inside?.bytes, inside?.isCopy, copy?.bytes, copy?.isCopy], [80, false, 80, true]);
    const { joined, own } = summarize(profile, () => ({ sites, text: undefined }));
    assert.deepEqual([joined.bytes, own.bytes], [80, 80]);
  });

  it("lead what other code allocates to the own line that calls it, as no site's", async () => {
    const stack = ["encoding/json.Marshal /go/json.go:9", caller, "main.main /build/main.go:1"];
    const profile = await loaded([{ stack, objects: 1, bytes: 100 }]);
    const { own, called, lines } = summarize(profile, () => ({ sites: [site(7, null)], text: undefined }));
    assert.deepEqual([own.bytes, called.bytes], [0, 100]);
    assert.deepEqual(
      lines.map(({ index, amount, line }) => [index, amount.bytes, [...line.outside.keys()]]),
      [[7, 100, ["json.Marshal"]]],
    );
  });

  it("give the words why there is no site: the text, the analysis, nothing there, other sizes", async () => {
    const why = (profile: LoadedProfile, sites: readonly Site[] | undefined) => {
      const { unjoined } = summarize(profile, () => sites && { sites, text: undefined });
      return [...unjoined.keys()];
    };
    const profile = await loaded([allocation(4, 48)]);
    assert.deepEqual(why(profile, undefined), ["not-analyzed"]);
    assert.deepEqual(why(profile, []), ["no-site"]);
    assert.deepEqual(why(profile, [site(3, 48, { allocates: "no" })]), ["no-site"]);
    assert.deepEqual(why(profile, [site(3, 1024)]), ["other-size"]);
    const gone = text.replace("func F() *T", "func Renamed() *T");
    assert.deepEqual(why(await loaded([allocation(4, 48)], gone), [site(3, 48)]), ["moved"]);
  });

  it("are compared with those of before", async () => {
    const profile = await loaded([allocation(4, 48)], text, [allocation(4, 48), allocation(4, 48)]);
    const [found] = profileOf(profile, [site(3, 48)]);
    assert.deepEqual(found?.before, { line: 480, then: 960 });
  });

  it("follow a function that has moved since, and no further than its text tells", async () => {
    const moved = text.replace("package p\n", "package p\n\n// More.\nvar more int\n");
    assert.equal(profileOf(await loaded([allocation(4, 48)], moved), [site(6, 48)])[0]?.bytes, 480);
    const comment = text.replace("\treturn &T{}", "\t// no more").replace("package p\n", "package p\n\n\n");
    const profile = await loaded([allocation(4, 48)], comment);
    assert.deepEqual(
      profile
        .linesOf("/w/p/a.go")
        .map(({ index }) => index)
        .sort(),
      [9, undefined],
    );
  });

  it("follow the text that is edited after they were loaded", async () => {
    const profile = await loaded([allocation(4, 48)]);
    const edited = text.replace("func F", "// F makes one.\nfunc F");
    assert.equal(profile.annotate("/w/p/a.go", [site(4, 48)], edited)[0]?.profile?.bytes, 480);
    const changed = text.replace("&T{}", "&T{1}");
    assert.equal(profile.annotate("/w/p/a.go", [site(3, 48)], changed)[0]?.profile, undefined);
  });
});
