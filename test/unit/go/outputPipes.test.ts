import assert from "node:assert/strict";
import { execFileSync, spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { closeSync, mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { text } from "node:stream/consumers";
import { setImmediate } from "node:timers/promises";
import { type OutputPipe, OutputPipes } from "../../../server/src/go/outputPipes.js";

describe("OutputPipes", () => {
  let folder = "";

  beforeEach(function () {
    if (process.platform !== "linux") this.skip();
    folder = mkdtempSync(path.join(os.tmpdir(), "pipes-"));
  });

  afterEach(() => {
    if (folder !== "") rmSync(folder, { recursive: true });
  });

  /** Sixteen named pipes in the folder; more cannot be made. */
  async function made(): Promise<OutputPipes> {
    const make = (names: readonly string[]): Promise<string> =>
      new Promise((resolve) => {
        execFileSync("mkfifo", names, { cwd: folder, stdio: "ignore" });
        resolve(folder);
      });
    const pipes = new OutputPipes(make);
    pipes.prepare();
    await setImmediate();
    return pipes;
  }

  function open(pipes: OutputPipes): OutputPipe {
    const pipe = pipes.openAll(1)?.[0];
    assert(pipe !== undefined);
    return pipe;
  }

  /** A process that writes to the pipe. */
  function shell(script: string, { input }: OutputPipe): ChildProcess {
    const child = spawn("/bin/sh", ["-c", script], { stdio: ["ignore", input, "ignore"] });
    closeSync(input);
    return child;
  }

  it("takes thousands of short writes before anything is read", async () => {
    const pipe = open(await made());
    // Node's own sockets would take some hundred of them, and the process would not end.
    await once(shell("i=0; while [ $i -lt 3000 ]; do echo short; i=$((i+1)); done", pipe), "exit");
    assert.equal(await text(pipe.output), "short\n".repeat(3000));
  });

  it("hands on what is written, however much", async () => {
    const pipe = open(await made());
    shell("yes 0123456 | head -c 4000000", pipe);
    assert.equal(await text(pipe.output), "0123456\n".repeat(500_000));
  });

  it("opens a pipe again once it was closed, empty", async () => {
    const pipes = await made();
    const all = Array.from({ length: 16 }, () => open(pipes));
    assert.equal(pipes.openAll(1), undefined);
    const [first] = all;
    await once(shell("echo left", first!), "exit");
    first!.output.destroy();
    await once(first!.output, "close");
    const again = open(pipes);
    shell("echo new", again);
    assert.equal(await text(again.output), "new\n");
    for (const { input, output } of all.slice(1)) {
      closeSync(input);
      output.destroy();
    }
  });

  it("leaves a pipe alone that somebody still writes to", async () => {
    const pipes = await made();
    const all = Array.from({ length: 16 }, () => open(pipes));
    for (const { output } of all) {
      output.destroy();
      await once(output, "close");
    }
    assert.equal(pipes.openAll(1), undefined);
    for (const { input } of all) closeSync(input);
    const again = open(pipes);
    closeSync(again.input);
    again.output.destroy();
  });

  it("opens all that are asked for or none", async () => {
    const pipes = await made();
    const most = pipes.openAll(15);
    assert.equal(most?.length, 15);
    assert.equal(pipes.openAll(2), undefined);
    let last = pipes.openAll(1);
    for (; last === undefined; last = pipes.openAll(1)) await setImmediate();
    for (const { input, output } of [...most, ...last]) {
      closeSync(input);
      output.destroy();
    }
  });

  it("has none where they are gone, or cannot be made", async () => {
    const pipes = await made();
    rmSync(folder, { recursive: true });
    folder = "";
    assert.equal(pipes.openAll(1), undefined);
    const impossible = new OutputPipes(() => Promise.reject(new Error("no such program")));
    impossible.prepare();
    await setImmediate();
    assert.equal(impossible.openAll(1), undefined);
  });
});
