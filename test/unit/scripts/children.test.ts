import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";
import { root } from "../../harness/paths.js";

const children = JSON.stringify(pathToFileURL(path.join(root, "scripts", "lib", "children.mjs")).href);

/** A program that starts another one as the scripts do, and prints its process id. */
function starting(program: string): string {
  const args = JSON.stringify(["--input-type=module", "-e", program]);
  return `import { startChild } from ${children};
    const child = startChild(process.execPath, ${args}, { stdio: "inherit" });
    console.log(child.pid);
    await new Promise((resolve) => child.once("exit", resolve));`;
}

const waiting = `console.log("ready"); setInterval(() => undefined, 1000);`;

describe("processes of the scripts", () => {
  let program: ChildProcess;

  afterEach(() => program.kill("SIGKILL"));

  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    it(`end with the script on ${signal}, those that its children lead as well`, async function () {
      // Windows has no such signals: there a Ctrl-C reaches every process of the console.
      if (process.platform === "win32") return;
      const args = ["--input-type=module", "-e", starting(starting(waiting))];
      program = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
      const exited = once(program, "exit");
      const pids: number[] = [];
      for await (const line of createInterface({ input: program.stdout! })) {
        if (line === "ready") break;
        pids.push(Number(line));
      }
      assert.equal(pids.length, 2);
      program.kill(signal);
      assert.equal((await exited)[0], signal === "SIGINT" ? 130 : 143);
      for (const pid of pids) assert.throws(() => process.kill(pid, 0), /ESRCH/);
    });
  }
});
