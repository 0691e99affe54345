/** Process entry of the command-line tool. */
import { Command, CommanderError, Option } from "commander";
import path from "node:path";
import { severities } from "../analysis/severity.js";
import { version } from "../version.js";
import { check, type CheckOptions } from "./check.js";
import { isAbortError } from "../go/commandError.js";
import { configureProcesses } from "../go/process.js";
import { removeDeadTemporaryFolders } from "../go/temporary.js";
import { initializeSyntax } from "../syntax/treeSitter.js";
import { shellLocale, useLanguage } from "../language.js";
import { exitCodes } from "./exitCodes.js";

async function main(args: readonly string[]): Promise<number> {
  const program = new Command("escapelens")
    .description("See every heap allocation of Go code, and why it is there.")
    .version(version, "--version", "print the version")
    .helpOption("-h, --help", "print this help")
    .exitOverride();
  let status: number = exitCodes.usage;
  program
    .command("check", { isDefault: false })
    .description("report what escapes to the heap in the packages (default ./...)")
    .argument("[packages...]", "package patterns, as the go command takes them")
    .addOption(
      new Option("--format <format>", "how to print the findings").choices(["text", "json"]).default("text"),
    )
    .addOption(
      new Option("--level <severity>", "report findings of this severity and above")
        .choices(severities.filter((severity) => severity !== "off"))
        .default("information"),
    )
    .option("--no-tests", "leave test files out")
    .option("--tags <tags>", "build tags, separated by commas")
    .option("--go <path>", "the go command to use")
    .option("--show-not-allocating", "report what escapes without allocating as well", false)
    .action(async (packages: string[], options: Omit<CheckOptions, "patterns">) => {
      configureProcesses({ watchdogPath: path.join(__dirname, "watchdog.js") });
      await Promise.all([
        initializeSyntax(__dirname),
        removeDeadTemporaryFolders(),
        useLanguage(shellLocale(process.env), __dirname),
      ]);
      status = await check(
        { ...options, patterns: packages.length > 0 ? packages : ["./..."] },
        interruption(),
      );
    });
  try {
    await program.parseAsync(args, { from: "user" });
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
