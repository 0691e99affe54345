/** The command-line tool. */
import { CommanderError } from "commander";
import { createRequire } from "node:module";
import { isAbortError } from "../go/commandError.js";
import { shellLocale, useLanguage } from "../language.js";
import { exitCodes } from "./exitCodes.js";
import { keepResults } from "./keptResults.js";
import type { AgentServer } from "./mcp/agentServer.js";
import { commandLine, withSwitches } from "./program.js";
import { expectShortRun } from "./shortRun.js";

async function main(args: readonly string[]): Promise<number> {
  let status: number = exitCodes.usage;
  expectShortRun();
  await useLanguage(shellLocale(process.env), __dirname);
  const program = commandLine({
    start() {
      keepResults(__filename);
      return { signal: interruption(), prepare };
    },
    loadAgentServer: () => createRequire(__filename)("./mcp.js") as AgentServer,
    finish(result) {
      status = result;
    },
  });
  try {
    await program.parseAsync(withSwitches(args), { from: "user" });
    return status;
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return error.exitCode === 0 ? exitCodes.nothing : exitCodes.usage;
  }
}

async function prepare(): Promise<void> {
  const { prepareAnalysis } = await import("./prepareAnalysis.js");
  await prepareAnalysis(__dirname);
}

/** Fires on Ctrl-C and on termination; a second Ctrl-C ends the tool as it is. */
function interruption(): AbortSignal {
  const controller = new AbortController();
  for (const name of ["SIGINT", "SIGTERM"] as const) {
    process.once(name, () => {
      controller.abort();
    });
  }
  return controller.signal;
}

// Whoever reads the output may close it early, as head does.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
  process.exit(exitCodes.findings);
});

main(process.argv.slice(2)).then(
  (status) => {
    process.exitCode = status;
  },
  (error: unknown) => {
    if (isAbortError(error)) {
      process.exitCode = exitCodes.interrupted;
      return;
    }
    process.stderr.write(
      `escapelens: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
    );
    process.exitCode = exitCodes.failed;
  },
);
