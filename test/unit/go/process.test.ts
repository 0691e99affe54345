import assert from "node:assert/strict";
import { mkdtemp, readFile, readdir, realpath, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { AbortError, GoCommandError } from "../../../server/src/go/commandError.js";
import { runProcess, streamProcess, type Command } from "../../../server/src/go/process.js";
import { taskkillCommand } from "../../../server/src/go/processTree.js";
import { isRunning, processesOfGroup } from "./processList.js";

const environment = { PATH: process.env["PATH"] ?? "" };

function shell(script: string, rest: Partial<Command> = {}): Command {
  return {
    file: "/bin/sh",
    args: ["-c", script],
    cwd: os.tmpdir(),
    env: environment,
    signal: new AbortController().signal,
    ...rest,
  };
}

function node(script: string, rest: Partial<Command> = {}): Command {
  return { ...shell("", rest), file: process.execPath, args: ["-e", script] };
}

async function failure(promise: Promise<unknown>): Promise<GoCommandError> {
  const error: unknown = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  assert(error instanceof GoCommandError, `expected a GoCommandError, got ${String(error)}`);
  return error;
}

/** The number that a script prints first. */
async function firstNumber(chunks: AsyncIterator<string>): Promise<number> {
  let text = "";
  while (!text.includes("\n")) {
    const next = await chunks.next();
    assert(next.done !== true, "the process ended before it printed a line");
    text += next.value;
  }
  return Number(text.split("\n")[0]);
}

describe("runProcess", () => {
  it("collects both outputs", async () => {
    const result = await runProcess(shell("echo out; echo err >&2"));
    assert.deepEqual(result, { exitCode: 0, stdout: "out\n", stderr: "err\n", stopped: false });
  });

  it("hands over arguments, input, environment and folder as they are", async () => {
    const folder = await realpath(await mkdtemp(path.join(os.tmpdir(), "a b 堆-")));
    try {
      const script =
        'process.stdin.on("data", (d) => console.log(JSON.stringify([String(d), process.argv.slice(1), process.env, process.cwd()])))';
      const command = node(script, { cwd: folder, env: { A: "$HOME" }, input: "é\n" });
      const { stdout } = await runProcess({ ...command, args: [...command.args, "*", "$(id)", "q\"'"] });
      const [input, args, { ESCAPELENS_STARTED_BY: mark, ...env }, cwd] = JSON.parse(stdout) as [
        string,
        string[],
        Record<string, string>,
        string,
      ];
      assert.equal(input, "é\n");
      assert.deepEqual(args, ["*", "$(id)", "q\"'"]);
      assert.ok(mark);
      assert.deepEqual(env, { A: "$HOME", PWD: folder });
      assert.equal(cwd, folder);
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it("gives an empty stdin", async () => {
    assert.equal((await runProcess(shell("cat; echo done"))).stdout, "done\n");
  });

  it("survives a process that does not read its input", async () => {
    const result = await runProcess(shell("exec true", { input: "x".repeat(4_000_000) }));
    assert.equal(result.exitCode, 0);
  });

  it("decodes characters that are split between two chunks", async () => {
    const script =
      'const b = Buffer.from("a堆b"); process.stdout.write(b.subarray(0, 2), () => setImmediate(() => process.stdout.write(b.subarray(2))))';
    assert.equal((await runProcess(node(script))).stdout, "a堆b");
  });

  it("hands on bytes where it is asked for them, of stdout alone", async () => {
    const { stdout, stderr } = await runProcess(
      shell("printf 'a\\345\\240\\206'; printf '\\345\\240\\206' >&2", { stdoutEncoding: "latin1" }),
    );
    assert.deepEqual([stdout, stderr], ["a\xe5\xa0\x86", "堆"]);
  });

  it("rejects with the exit code and the end of stderr", async () => {
    const error = await failure(runProcess(shell("echo why >&2; exit 3")));
    assert.equal(error.kind, "failed");
    assert.equal(error.exitCode, 3);
    assert.equal(error.stderr, "why\n");
    assert.deepEqual(error.command, ["/bin/sh", "-c", "echo why >&2; exit 3"]);
  });

  it("takes an exit code as a result when asked to", async () => {
    const result = await runProcess(shell("echo out; exit 3", { allowFailure: true }));
    assert.deepEqual([result.exitCode, result.stdout], [3, "out\n"]);
  });

  it("reports a signal from outside as a failure, allowed or not", async () => {
    const error = await failure(runProcess(shell("kill -KILL $$", { allowFailure: true })));
    assert.deepEqual([error.kind, error.signal, error.exitCode], ["failed", "SIGKILL", null]);
  });

  it("tells a missing program from a missing folder", async () => {
    assert.equal((await failure(runProcess(shell("", { file: "/no/such/go" })))).kind, "not-found");
    assert.equal((await failure(runProcess(shell("", { cwd: "/no/such/folder" })))).kind, "not-started");
    assert.equal((await failure(runProcess(shell("", { file: os.tmpdir() })))).kind, "not-started");
  });

  it("ends what goes on for too long, with all its children", async () => {
    const run = streamProcess(shell("sleep 60 & sleep 60 & echo $$; wait", { timeLimit: 300 }), "stdout");
    const chunks = run.chunks[Symbol.asyncIterator]();
    const group = await firstNumber(chunks);
    const error = await failure(chunks.next());
    assert.equal(error.kind, "timeout");
    assert.deepEqual(processesOfGroup(group), []);
    assert.equal(await failure(run.result), error);
  });

  it("ends what writes too much", async () => {
    const error = await failure(runProcess(shell("yes", { outputLimit: 1_000_000 })));
    assert.equal(error.kind, "output-limit");
  });

  it("ends children that ignore SIGTERM when the signal fires", async () => {
    const controller = new AbortController();
    const script = "trap '' TERM; (trap '' TERM; sleep 60) & echo $$; wait; sleep 60";
    const run = streamProcess(shell(script, { signal: controller.signal }), "stdout");
    const chunks = run.chunks[Symbol.asyncIterator]();
    const group = await firstNumber(chunks);
    assert(processesOfGroup(group).length >= 2);
    controller.abort();
    await assert.rejects(run.result, AbortError);
    assert.deepEqual(processesOfGroup(group), []);
    await assert.rejects(chunks.next(), AbortError);
  });

  it("starts nothing when the signal has fired before", async () => {
    const folder = await mkdtemp(path.join(os.tmpdir(), "aborted-"));
    try {
      const command = shell("touch started", { cwd: folder, signal: AbortSignal.abort() });
      await assert.rejects(runProcess(command), AbortError);
      await assert.rejects(readFile(path.join(folder, "started")), { code: "ENOENT" });
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it("does not leave behind what a process has started in the background", async () => {
    const { stdout } = await runProcess(shell("sleep 60 & echo $!"));
    assert.equal(isRunning(Number(stdout)), false);
  });

  it("removes what an ended process leaves in its temporary folder", async () => {
    const parent = await mkdtemp(path.join(os.tmpdir(), "gotmpdir-"));
    try {
      const script = 'mkdir "$GOTMPDIR/work" && echo "$GOTMPDIR"; sleep 60';
      const run = streamProcess(shell(script, { env: { ...environment, GOTMPDIR: parent } }), "stdout");
      for await (const chunk of run.chunks) {
        assert.equal(path.dirname(chunk), parent);
        assert.deepEqual(await readdir(chunk.trim()), ["work"]);
        break;
      }
      await run.result;
      assert.deepEqual(await readdir(parent), []);
    } finally {
      await rm(parent, { recursive: true });
    }
  });

  it("runs the process and its children below normal priority", async () => {
    const script =
      'const {execFileSync} = require("child_process"); console.log(execFileSync("nice").toString())';
    const { stdout } = await runProcess(node(script));
    assert.equal(Number(stdout), Math.max(os.getPriority(), os.constants.priority.PRIORITY_BELOW_NORMAL));
  });
});

describe("streamProcess", () => {
  it("streams one output while it collects the other", async () => {
    // 300 kB on each side do not fit into the pipes: whoever reads them one after the other waits forever.
    const script =
      'for (let i = 0; i < 3000; i++) { console.log("o".repeat(99)); console.error("e".repeat(99)); }';
    const run = streamProcess(node(script), "stderr");
    let streamed = 0;
    for await (const chunk of run.chunks) streamed += chunk.length;
    const result = await run.result;
    assert.equal(streamed, 300_000);
    assert.equal(result.stdout.length, 300_000);
    assert.equal(result.stderr.length, 8192);
  });

  it("holds the process back while nobody reads", async () => {
    const script =
      'const fs = require("fs"); fs.writeSync(2, "begun\\n"); for (let i = 0; i < 64; i++) fs.writeSync(1, "x".repeat(65536)); fs.writeSync(1, "\\nend")';
    const run = streamProcess(node(script), "stdout");
    const chunks = run.chunks[Symbol.asyncIterator]();
    const first = await chunks.next();
    assert(first.done !== true);
    let length = first.value.length;
    // The process cannot have ended: what it has to write does not fit into the pipe and Node's buffer.
    const pending = await Promise.race([
      run.result,
      new Promise((resolve) => setImmediate(resolve, "pending")),
    ]);
    assert.equal(pending, "pending");
    for (let next = await chunks.next(); next.done !== true; next = await chunks.next())
      length += next.value.length;
    assert.equal(length, 64 * 65536 + 4);
    assert.equal((await run.result).exitCode, 0);
  });

  it("streams through a pipe, as soon as there is one", async function () {
    if (process.platform !== "linux") this.skip();
    const kind = async (): Promise<string> => {
      let text = "";
      for await (const chunk of streamProcess(shell("test -p /dev/stdout && echo pipe"), "stdout").chunks)
        text += chunk;
      return text;
    };
    // The first process has pipes made for the next ones, and does not wait for that.
    while ((await kind()) !== "pipe\n");
  });

  it("keeps what is written before the reader comes", async () => {
    const run = streamProcess(shell("echo early; echo err >&2"), "stdout");
    await new Promise((resolve) => setImmediate(() => setImmediate(() => setImmediate(resolve))));
    let text = "";
    for await (const chunk of run.chunks) text += chunk;
    assert.equal(text, "early\n");
  });

  it("stops the process tree when its reader leaves the loop", async () => {
    const run = streamProcess(shell("sleep 60 & echo $$; yes"), "stdout");
    let group = 0;
    for await (const chunk of run.chunks) {
      group = Number(chunk.split("\n")[0]);
      break;
    }
    assert(group > 1);
    assert.deepEqual(processesOfGroup(group), []);
    const result = await run.result;
    assert.deepEqual([result.stopped, result.exitCode], [true, null]);
  });

  it("can be stopped from outside the loop", async () => {
    const run = streamProcess(shell("echo $$; sleep 60"), "stdout");
    const chunks = run.chunks[Symbol.asyncIterator]();
    const group = await firstNumber(chunks);
    await run.stop();
    assert.deepEqual(processesOfGroup(group), []);
    assert.equal((await chunks.next()).done, true);
    assert.equal((await run.result).stopped, true);
  });

  it("throws to the reader what made it end", async () => {
    const run = streamProcess(shell("yes", { outputLimit: 200_000 }), "stdout");
    let read = 0;
    const error = await failure(
      (async () => {
        for await (const chunk of run.chunks) read += chunk.length;
      })(),
    );
    assert.equal(error.kind, "output-limit");
    assert(read <= 200_000);
  });

  it("says that a program is missing in the result", async () => {
    const run = streamProcess(shell("", { file: "/no/such/go" }), "stdout");
    for await (const chunk of run.chunks) assert.fail(chunk);
    assert.equal((await failure(run.result)).kind, "not-found");
  });
});

describe("taskkillCommand", () => {
  it("names the system's program by its absolute path", () => {
    assert.deepEqual(taskkillCommand(4711, { SystemRoot: "D:\\Windows" }), {
      file: "D:\\Windows\\System32\\taskkill.exe",
      args: ["/pid", "4711", "/T", "/F"],
    });
  });
});
