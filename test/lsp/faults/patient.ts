/** One open file in one module, to which something bad happens: what the person sees of it, and whether it goes by. */
import assert from "node:assert/strict";
import { memoryOf } from "../../bench/lib/serverProcesses.js";
import { underlined } from "../../harness/diagnostics.js";
import { type ClientOptions, TestClient } from "../../harness/languageClient.js";
import { type TestModule, testModule } from "../../harness/module.js";
import { type ShimmedGo, shimmedGo } from "../../harness/shimmedGo.js";
import type { StatusParams, StatusProblem } from "../../../server/src/protocol.js";

export const healthy = "package p\n\nfunc F() *int { x := 1; return &x }\n";
const healthySites = ["x return-address"];

export class Patient {
  readonly module: TestModule;
  readonly client: TestClient;
  readonly uri: string;
  readonly #shim: TestModule | undefined;
  #text: string;
  #lines = 0;

  private constructor(
    module: TestModule,
    client: TestClient,
    open: { uri: string; text: string },
    shim?: TestModule,
  ) {
    this.module = module;
    this.client = client;
    this.uri = open.uri;
    this.#text = open.text;
    this.#shim = shim;
  }

  /** Opens `p.go` of a module (healthy unless given) and waits for its first results. */
  static async admit(
    files: Readonly<Record<string, string>> = {},
    options: Omit<ClientOptions, "folders"> = {},
    shim?: TestModule,
  ): Promise<Patient> {
    const module = testModule({ "p.go": healthy, ...files });
    const text = files["p.go"] ?? healthy;
    const client = await TestClient.start({ folders: [module.dir], ...options });
    const uri = await client.open(module.path("p.go"), text);
    const patient = new Patient(module, client, { uri, text }, shim);
    await client.idle(uri);
    return patient;
  }

  /** The same with a Go that can be told to fail. */
  static async admitWithShim(
    files: Readonly<Record<string, string>> = {},
    sick?: (go: ShimmedGo) => void,
    capabilities?: ClientOptions["capabilities"],
  ): Promise<Patient & { readonly go: ShimmedGo }> {
    const folder = testModule({ "go.mod": "" });
    const go = shimmedGo(folder.dir);
    sick?.(go);
    const patient = await Patient.admit(
      files,
      {
        settings: { goEscapeLens: { go: { path: go.go } } },
        ...(capabilities !== undefined && {
          capabilities: { workspace: { configuration: true }, ...capabilities },
        }),
      },
      folder,
    );
    return Object.assign(patient, { go });
  }

  /** Saves the text with one more empty line at its end, and waits for the end of the analysis. */
  async save(): Promise<StatusParams> {
    const seen = await this.saveOnly();
    return this.client.idle(this.uri, seen);
  }

  /** Saves without waiting; returns how many statuses there were before. */
  async saveOnly(): Promise<number> {
    const seen = this.client.statuses.length;
    const end = { line: this.#text.split("\n").length - 1 + this.#lines++, character: 0 };
    await this.client.change(this.uri, [{ range: { start: end, end }, text: "\n" }]);
    await this.client.save(this.uri);
    return seen;
  }

  /** What is wrong after a save, which the person sees in the status. */
  async problem(): Promise<StatusProblem> {
    const { problem } = await this.save();
    assert.ok(problem !== null, "nothing is wrong");
    return problem;
  }

  /** What is underlined now, each with its reason. */
  shown(): string[] {
    return underlined(this.client.diagnostics(this.uri), this.#text + "\n".repeat(this.#lines));
  }

  /** What was found before stands there still. */
  assertNothingLost(): void {
    assert.deepEqual(this.shown(), healthySites);
  }

  /** The next save finds everything again, and says that nothing is wrong. */
  async assertRecovered(expected: readonly string[] = healthySites): Promise<void> {
    assert.equal((await this.save()).problem, null);
    assert.deepEqual(this.shown(), expected);
  }

  /** Most bytes of memory that the server ever took. */
  memory(): number {
    return memoryOf(this.client.process.pid).peak;
  }

  async release(): Promise<void> {
    await this.client.dispose();
    this.module.dispose();
    this.#shim?.dispose();
  }
}
