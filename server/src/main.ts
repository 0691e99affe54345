/** The language server: `go-escape-lens --stdio`. */
import { createConnection, ProposedFeatures } from "vscode-languageserver/node";
import { Documents } from "./documents.js";
import { startServer } from "./server.js";
import { openTransport } from "./transport/transport.js";
import { version } from "./version.js";

const usage = `Usage: go-escape-lens --stdio

A language server that shows what Go programs put on the heap, and why.

  --stdio     speak the Language Server Protocol on standard input and output
  --version   print the version
  --help      print this text
`;

function main(args: readonly string[]): void {
  if (args.includes("--version")) {
    process.stdout.write(`${version}\n`);
  } else if (args.includes("--help")) {
    process.stdout.write(usage);
  } else if (args.includes("--stdio")) {
    const documents = new Documents();
    const { reader, writer } = openTransport(process.stdin, process.stdout, documents);
    const connection = createConnection(ProposedFeatures.all, reader, writer);
    process.on("uncaughtException", (error) => {
      connection.console.error(`Internal error: ${error.stack ?? error.message}`);
    });
    process.on("unhandledRejection", (reason) => {
      connection.console.error(
        `Internal error: ${reason instanceof Error ? (reason.stack ?? reason.message) : String(reason)}`,
      );
    });
    startServer(connection, documents, __dirname);
  } else {
    process.stderr.write(usage);
    process.exitCode = 2;
  }
}

main(process.argv.slice(2));
