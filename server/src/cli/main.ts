/** Process entry of the command-line tool. */
import { CommanderError } from "commander";
import path from "node:path";
import { isAbortError } from "../go/commandError.js";
import { configureProcesses } from "../go/process.js";
import { removeDeadTemporaryFolders } from "../go/temporary.js";
import { shellLocale, useLanguage } from "../language.js";
import { initializeSyntax } from "../syntax/treeSitter.js";
import { exitCodes } from "./exitCodes.js";
import { keepResults } from "./keptResults.js";
import { commandLine, withSwitches } from "./program.js";

async function main(args: readonly string[]): Promise<number> {
  let status: number = exitCodes.usage;
  const program = commandLine({
    async prepare() {
      configureProcesses({ watchdogPath: path.join(__dirname, "watchdog.js") });
      keepResults(__filename);
      await Promise.all([
        initializeSyntax(__dirname),
        removeDeadTemporaryFolders(),
        useLanguage(shellLocale(process.env), __dirname),
      ]);
      return interruption();
    },
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
