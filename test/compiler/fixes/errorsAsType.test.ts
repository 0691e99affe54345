/** The fix that needs a module of Go 1.26: package errors finds the error without a variable's address. */
import assert from "node:assert/strict";
import { applyEdit } from "../../../server/src/analysis/applyEdit.js";
import { Verdicts } from "../../../server/src/analysis/verdicts.js";
import { FixOffers } from "../../../server/src/fixes/offers.js";
import { testModule } from "../../harness/module.js";
import { analyzeFile, noSignal } from "./caseModule.js";

const before = `package p

import "errors"

type notFound struct{ id int }

func (e *notFound) Error() string { return "not found" }

func find(err error) int {
	var nf *notFound
	if !errors.As(err, &nf) {
		return 0
	}
	return nf.id
}
`;

const after = before.replace(
  "\tvar nf *notFound\n\tif !errors.As(err, &nf) {",
  "\tnf, ok := errors.AsType[*notFound](err)\n\tif !ok {",
);

describe("errors.As in a module of Go 1.26", function () {
  this.timeout(60_000);

  it("becomes errors.AsType, which changes nothing else", async () => {
    const module = testModule({ "go.mod": "module example.com/m\n\ngo 1.18\n", "p/p.go": before });
    try {
      const minor = (await analyzeFile(module.path("p/p.go"))).goMinor;
      // An older Go does not compile the module.
      if (minor < 26) return;
      module.write("go.mod", "module example.com/m\n\ngo 1.26\n");
      const analyzed = await analyzeFile(module.path("p/p.go"));
      const offers = new FixOffers(new Verdicts({ recompile: analyzed.recompile, limit: 1 }));
      const found = await Promise.all(analyzed.sites.map((site) => offers.of(site, analyzed, noSignal)));
      const offer = found.flatMap((each) => each.offers).find(({ proposal }) => proposal.fix === "errors-as");
      assert.ok(offer);
      assert.equal(offer.proposal.isPreferred, true);
      assert.equal(offer.proposal.behaviour, null);
      const [text] = [...applyEdit(offer.proposal.edit, analyzed.snapshot).values()];
      assert.equal(text?.text, after);
    } finally {
      module.dispose();
    }
  });
});
