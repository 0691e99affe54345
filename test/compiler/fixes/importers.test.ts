/** Exported functions whose results would change: other packages of the module must not break unseen. */
import assert from "node:assert/strict";
import { Verdicts } from "../../../server/src/analysis/verdicts.js";
import { rejectionReason } from "../../../server/src/fixes/effect.js";
import { readImporters } from "../../../server/src/fixes/importers.js";
import { FixOffers } from "../../../server/src/fixes/offers.js";
import { testModule, type TestModule } from "../../harness/module.js";
import { analyzeFile, noSignal } from "./caseModule.js";

const library = `package p

type User struct{ ID, Age int }

//go:noinline
func NewUser(id int) *User { return &User{ID: id} }

func Op() int { return NewUser(1).ID }
`;

/** What return-value says of NewUser: the behaviour that it asks about, or why it is refused. */
async function answer(module: TestModule, file = "p/p.go") {
  const analyzed = await analyzeFile(module.path(file));
  const offered = new FixOffers(new Verdicts({ recompile: analyzed.recompile, limit: 1 }));
  const found = await Promise.all(analyzed.sites.map((site) => offered.of(site, analyzed, noSignal)));
  const isOwn = ({ fix }: { fix: string }) => fix === "return-value";
  const offers = found.flatMap(({ offers }) => offers).filter(({ proposal }) => isOwn(proposal));
  const rejections = found.flatMap(({ rejections }) => rejections).filter(isOwn);
  return {
    offered: offers.map(({ proposal }) => proposal.behaviour),
    refused: rejections.map(rejectionReason),
  };
}

describe("packages that import the one that is fixed", function () {
  this.timeout(60_000);
  let module: TestModule;

  const make = (files: Readonly<Record<string, string>>) => {
    module = testModule(files);
    return module;
  };

  afterEach(() => {
    module.dispose();
  });

  const refusal = (file: string) => [`\`NewUser\` is exported, and ${file} uses it.`];

  it("refuses where another package calls the function", async () => {
    const caller = `package q\n\nimport "example.com/m/p"\n\nvar U *p.User = p.NewUser(2)\n`;
    assert.deepEqual(
      (await answer(make({ "p/p.go": library, "q/q.go": caller }))).refused,
      refusal("q/q.go"),
    );
  });

  it("refuses where one for another system calls it, under another name", async () => {
    const caller = `package q\n\nimport users "example.com/m/p"\n\nvar U *users.User = users.NewUser(2)\n`;
    const files = { "p/p.go": library, "q/q.go": "package q\n", "q/q_windows.go": caller };
    assert.deepEqual((await answer(make(files))).refused, refusal("q/q_windows.go"));
  });

  it("refuses where one imports it with a dot", async () => {
    const caller = `package q\n\nimport (\n\t. "example.com/m/p"\n)\n\nvar U *User = NewUser(2)\n`;
    assert.deepEqual(
      (await answer(make({ "p/p.go": library, "q/q.go": caller }))).refused,
      refusal("q/q.go"),
    );
  });

  it("asks where packages use other names, as those of other modules are not seen", async () => {
    const caller = `package q\n\nimport "example.com/m/p"\n\nvar N = p.Op()\n`;
    const { offered } = await answer(make({ "p/p.go": library, "q/q.go": caller }));
    assert.deepEqual(offered, [
      "`NewUser` is exported: code in other packages that needs a pointer no longer compiles.",
    ]);
  });

  it("does not ask in an internal package, which no other module can import", async () => {
    assert.deepEqual((await answer(make({ "internal/p.go": library }), "internal/p.go")).offered, [null]);
  });

  it("reads neither vendor nor testdata nor comments, and sees a file that has changed", async () => {
    const caller = `package q\n\nimport _ "example.com/m/p"\n`;
    make({
      "p/p.go": library,
      "vendor/example.com/v/v.go": caller,
      "q/testdata/t.go": caller,
      "q/q.go": `package q\n\nvar s = "example.com/m/p"\n`,
    });
    const { snapshot } = await analyzeFile(module.path("p/p.go"));
    assert.deepEqual([...(await readImporters(snapshot)).keys()], []);
    module.write("q/q.go", caller);
    assert.deepEqual([...(await readImporters(snapshot)).keys()], [module.path("q/q.go")]);
  });
});
