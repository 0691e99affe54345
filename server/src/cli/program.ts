/** The commands of the tool and their flags, as they are written and as `--help` shows them. */
import * as l10n from "@vscode/l10n";
import { Argument, Command, Option } from "commander";
import { severities } from "../analysis/severity.js";
import { version } from "../version.js";
import type { BenchFlags } from "./benchCommand.js";
import type { CheckFlags, MergeFlags } from "./check.js";
import type { AgentServer } from "./mcp/agentServer.js";
import type { FixFlags } from "./fix.js";
import { errorWords, helpWords } from "./commandWords.js";
import { checkFormats, fixFormats, reportFormats, testFormats } from "./formats.js";
import type { ReportFlags } from "./reportCommand.js";
import type { Session } from "./session.js";
import type { TestFlags } from "./testCommand.js";

/** What commands need of the process they run in. */
export interface Environment {
  /** Begins the work of a command. */
  readonly start: () => Session;
  /** Loads the server of tools for agents, which is a bundle of its own: no other command needs its libraries. */
  readonly loadAgentServer: () => AgentServer;
  /** Takes the exit status. */
  readonly finish: (status: number) => void;
}

/** The command line; parsing it loads the command and runs it, and throws CommanderError where it is wrong. */
export function commandLine(environment: Environment): Command {
  const program = new Command("escapelens")
    .description(l10n.t("See every heap allocation of Go code, and why it is there."))
    .version(version, "--version", l10n.t("print the version"))
    .helpOption("-h, --help", l10n.t("print this help"))
    .helpCommand("help [command]", l10n.t("print the help of a command"))
    .showHelpAfterError(l10n.t("(--help of each command lists its flags)"))
    .configureHelp(helpWords)
    .configureOutput({
      outputError: (text, write) => {
        write(errorWords(text));
      },
    })
    .exitOverride();
  addCheck(program, environment);
  addMerge(program, environment);
  addReport(program, environment);
  addTest(program, environment);
  addFix(program, environment);
  addBench(program, environment);
  addMcp(program, environment);
  return program;
}

function addCheck(program: Command, { start, finish }: Environment): void {
  const command = program
    .command("check")
    .description(
      l10n.t(
        "report what escapes to the heap in the packages (default ./...), and fail on what must not be there",
      ),
    )
    .addArgument(packagesArgument())
    .addOption(
      new Option("--format <format>", l10n.t("how to print it")).choices(checkFormats).default("text"),
    );
  withAnalysisFlags(withGateFlags(command))
    .option("--new-since <revision>", l10n.t("report only what a git revision does not have"))
    .addOption(
      new Option(
        "--fixes <on|off>",
        l10n.t(
          "whether to look for fixes of what is reported, each checked by the compiler (default: on for sarif)",
        ),
      ).choices(["on", "off"]),
    )
    .action(async (packages: string[], flags: CheckFlags) => {
      const { check } = await import("./check.js");
      finish(await check(packages, flags, start()));
    });
}

function addMerge(program: Command, { start, finish }: Environment): void {
  const command = program
    .command("merge")
    .description(
      l10n.t("join the JSON of several checks, of shards or of several machines, and judge them as one"),
    )
    .argument("<files...>", l10n.t("outputs of escapelens check --format=json"))
    .addOption(
      new Option("--format <format>", l10n.t("how to print it")).choices(checkFormats).default("json"),
    )
    .addOption(configOption());
  withGateFlags(command).action(async (files: string[], flags: MergeFlags) => {
    const { merge } = await import("./check.js");
    finish(await merge(files, flags, start()));
  });
}

function addReport(program: Command, { start, finish }: Environment): void {
  const command = program
    .command("report")
    .description(l10n.t("write a page about the packages (default ./...), for people"))
    .addArgument(packagesArgument())
    .addOption(
      new Option("--format <format>", l10n.t("what to write")).choices(reportFormats).default("html"),
    )
    .option("--output <file>", l10n.t("where to write it; default: stdout"))
    .option(
      "--from <file...>",
      l10n.t("outputs of escapelens check --format=json, in the place of an analysis"),
    )
    .option(
      "--profile <file or address>",
      l10n.t(
        "memory profile of a run (heap or allocs, from a file or a running server); repeatable, then added up",
      ),
      collected,
    )
    .option("--before <file or address>", l10n.t("profile of before, to compare with; repeatable"), collected)
    .addOption(
      new Option(
        "--metric <alloc|inuse>",
        l10n.t("what of a profile counts: all that was allocated, or what was still in use"),
      )
        .choices(["alloc", "inuse"])
        .default("alloc"),
    );
  withAnalysisFlags(command).action(async (packages: string[], flags: ReportFlags) => {
    const { report } = await import("./reportCommand.js");
    finish(await report(packages, flags, start()));
  });
}

function addFix(program: Command, { start, finish }: Environment): void {
  program
    .command("fix")
    .description(l10n.t("apply the fixes that the compiler has checked to the packages (default ./...)"))
    .addArgument(packagesArgument())
    .option("--dry-run", l10n.t("say what would be done, and fail when there is anything"))
    .option("--diff", l10n.t("the same as a unified diff"))
    .option("--fix <id>", l10n.t("only fixes of this kind, such as preallocate-slice; repeatable"), collected)
    .option(
      "--unsafe",
      l10n.t("also fixes that can change behavior, such as a nil slice that becomes an empty one"),
    )
    .option("--everywhere", l10n.t("also where findings are off by default: error paths, init, tests"))
    .addOption(new Option("--format <format>", l10n.t("how to print it")).choices(fixFormats).default("text"))
    .addOption(tagsOption())
    .option(
      "--go <version or path>",
      l10n.t("a version such as go1.24.4, or the go command to use"),
      collected,
    )
    .option("--target <GOOS/GOARCH>", l10n.t("a target such as linux/arm64"), collected)
    .addOption(configOption())
    .action(async (packages: string[], flags: FixFlags) => {
      const { fix } = await import("./fix.js");
      finish(await fix(packages, flags, await prepared(start)));
    });
}

function addBench(program: Command, { start, finish }: Environment): void {
  program
    .command("bench")
    .description(
      l10n.t("run the benchmarks of the packages (default ./...) on two sides, and say what really differs"),
    )
    .addArgument(packagesArgument())
    .option(
      "--fix <id>",
      l10n.t("compare with a fix: its kind, such as preallocate-slice, or the id of a site"),
    )
    .option("--against <revision>", l10n.t("compare the working tree with a git revision, such as HEAD"))
    .option("--bench <regexp>", l10n.t("which benchmarks"), ".")
    .option("--count <n>", l10n.t("how often each is run on each side"), "6")
    .option("--benchtime <time>", l10n.t("how long one run takes, as go test has it"), "200ms")
    .option("--output <file>", l10n.t("where to write the Markdown; default: stdout"))
    .option("--unsafe", l10n.t("also a fix that can change behavior"))
    .addOption(tagsOption())
    .option(
      "--go <version or path>",
      l10n.t("a version such as go1.24.4, or the go command to use"),
      collected,
    )
    .addOption(configOption())
    .action(async (packages: string[], flags: BenchFlags) => {
      const { bench } = await import("./benchCommand.js");
      finish(await bench(packages, flags, start()));
    });
}

function addMcp(program: Command, { start, finish, loadAgentServer }: Environment): void {
  program
    .command("mcp")
    .description(
      l10n.t("serve agents on stdin and stdout (Model Context Protocol), with tools that only read"),
    )
    .action(async () => {
      const { serveAgents } = await import("./mcp/serveAgents.js");
      finish(await serveAgents(start(), loadAgentServer()));
    });
}

function addTest(program: Command, { start, finish }: Environment): void {
  const command = program
    .command("test")
    .description(l10n.t("hold // want comments of the packages (default ./...) against what is there"))
    .addArgument(packagesArgument())
    .addOption(
      new Option("--format <format>", l10n.t("how to print it")).choices(testFormats).default("text"),
    );
  withAnalysisFlags(command).action(async (packages: string[], flags: TestFlags) => {
    const { test } = await import("./testCommand.js");
    finish(await test(packages, flags, await prepared(start)));
  });
}

async function prepared(start: Environment["start"]): Promise<AbortSignal> {
  const { signal, prepare } = start();
  await prepare();
  return signal;
}

function packagesArgument(): Argument {
  return new Argument("[packages...]", l10n.t("package patterns, as the go command takes them"));
}

function tagsOption(): Option {
  return new Option("--tags <tags>", l10n.t("build tags, separated by commas"));
}

function configOption(): Option {
  return new Option(
    "--config <file>",
    l10n.t("configuration file; default: .escapelens.json here or in a folder above"),
  );
}

function withAnalysisFlags(command: Command): Command {
  return command
    .addOption(new Option("--tests <on|off>", l10n.t("whether to analyze test files")).choices(["on", "off"]))
    .option("--no-tests", l10n.t("the same as --tests=off"))
    .addOption(
      new Option(
        "--evidence <on|off>",
        l10n.t(
          "whether to look for the calls of the allocator in the machine code (default: on, but off for test); about twice the work",
        ),
      ).choices(["on", "off"]),
    )
    .addOption(tagsOption())
    .option(
      "--go <version or path>",
      l10n.t("a version such as go1.24.4, or the go command to use; repeatable"),
      collected,
    )
    .option("--target <GOOS/GOARCH>", l10n.t("a target such as linux/arm64; repeatable"), collected)
    .option("--shard <index/count>", l10n.t("analyze a part of the packages, such as 3/8"))
    .addOption(configOption())
    .option("--show-not-allocating", l10n.t("report what escapes without allocating as well"));
}

function withGateFlags(command: Command): Command {
  return command
    .addOption(
      new Option(
        "--level <severity>",
        l10n.t("report findings of this severity and above (default: information)"),
      ).choices(severities.filter((severity) => severity !== "off")),
    )
    .addOption(
      new Option(
        "--fail-on <severity>",
        l10n.t("exit with 1 from this severity on (default: the level)"),
      ).choices(severities),
    )
    .option("--baseline <file>", l10n.t("report only what this file does not have"))
    .option("--update-baseline", l10n.t("write the baseline anew, and report nothing"));
}

function collected(value: string, before: readonly string[] | undefined): string[] {
  return [...(before ?? []), value];
}

/** `--tests`, `--evidence` and `--fixes` may stand alone, for `on`; what follows them is then no value of theirs. */
export function withSwitches(args: readonly string[]): string[] {
  return args.map((word, index) => {
    const isSwitch = ["--tests", "--evidence", "--fixes"].includes(word);
    return isSwitch && !/^(?:on|off)$/.test(args[index + 1] ?? "") ? `${word}=on` : word;
  });
}
