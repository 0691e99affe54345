/** Disks that are full or read-only, in the places where Go and the server write. */
import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { type TestModule, testModule } from "../../harness/module.js";
import { SmallDisk } from "../../harness/smallDisk.js";
import { Patient } from "./patient.js";

/** Enough for what Go keeps of a package without imports, and for compiles of it. */
const megabytes = 64;

const { obstacle } = SmallDisk;
if (obstacle === undefined) describe("a small disk", smallDisks);
else console.log(`  a small disk: left out, because ${obstacle}`);

function smallDisks(this: Mocha.Suite): void {
  this.timeout(120_000);
  let patient: Patient | undefined;
  let aside: TestModule;
  let disk: SmallDisk;

  const mount = () => {
    aside = testModule({ "go.mod": "" });
    const folder = aside.path("disk");
    mkdirSync(folder, { recursive: true });
    disk = SmallDisk.mount(folder, megabytes);
    return folder;
  };

  afterEach(async () => {
    await patient?.release();
    patient = undefined;
    disk.unmount();
    aside.dispose();
  });

  /** What Go is asked next is in no cache. */
  const change = (name: string) => {
    patient?.module.write("other.go", `package p\n\nvar ${name} = "${name}"\n`);
  };

  for (const [name, variables] of [
    ["Go's cache", ["GOCACHE"]],
    ["the folder for temporary files", ["TMPDIR", "GOTMPDIR"]],
  ] as const) {
    it(`that is full holds ${name}: what is known stays, and all is well once there is room`, async () => {
      const folder = mount();
      patient = await Patient.admit({}, { env: Object.fromEntries(variables.map((each) => [each, folder])) });
      disk.fill();
      change("full");
      const { problem } = await patient.save();
      // A compile of its own may do without either; what cannot be done is said in words that name the cause.
      if (problem !== null) {
        assert.equal(problem.code, "go-failed");
        assert.match(`${problem.message} ${problem.detail}`, /no space left|ENOSPC/);
      }
      patient.assertNothingLost();
      disk.free();
      change("free");
      await patient.assertRecovered();
    });
  }

  it("that is full from the start holds both: it is said why, and all is found once there is room", async () => {
    const folder = mount();
    disk.fill();
    const env = { GOCACHE: folder, TMPDIR: folder, GOTMPDIR: folder };
    patient = await Patient.admit({}, { env });
    const { problem } = patient.client.statuses.at(-1)!;
    assert.equal(problem?.code, "go-failed");
    assert.match(`${problem.message} ${problem.detail}`, /no space left|ENOSPC/);
    disk.free();
    await patient.assertRecovered();
  });

  it("that is read-only holds Go's cache: what is known stays, and all is well once it can be written to", async () => {
    const folder = mount();
    patient = await Patient.admit({}, { env: { GOCACHE: folder } });
    disk.isReadOnly = true;
    change("closed");
    const { problem } = await patient.save();
    if (problem !== null) {
      assert.equal(problem.code, "go-failed");
      assert.match(`${problem.message} ${problem.detail}`, /read-only file system/);
    }
    patient.assertNothingLost();
    disk.isReadOnly = false;
    change("open");
    await patient.assertRecovered();
  });
}
