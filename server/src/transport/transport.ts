/** The server's side of standard input and output: LSP messages, whose positions are counted as the client counts them. */
import {
  type DataCallback,
  type Disposable,
  Message,
  type MessageReader,
  type MessageWriter,
  StreamMessageReader,
  StreamMessageWriter,
} from "vscode-languageserver/node";
import type { Documents } from "../documents.js";
import { ClientPositions } from "./clientPositions.js";

class Reader extends StreamMessageReader {
  readonly #received: (message: Message) => Message;

  constructor(input: NodeJS.ReadableStream, received: (message: Message) => Message) {
    super(input);
    this.#received = received;
  }

  override listen(callback: DataCallback): Disposable {
    return super.listen((message) => {
      callback(this.#received(message));
    });
  }
}

class Writer extends StreamMessageWriter {
  readonly #sent: (message: Message) => Message;

  constructor(output: NodeJS.WritableStream, sent: (message: Message) => Message) {
    super(output);
    this.#sent = sent;
  }

  override write(message: Message): Promise<void> {
    return super.write(this.#sent(message));
  }
}

/**
 * Opens both. The process ends when the client closes the input: with 0 when it has asked for the shutdown, and else with
 * 1 (LSP 3.17, exit).
 */
export function openTransport(
  input: NodeJS.ReadableStream,
  output: NodeJS.WritableStream,
  documents: Pick<Documents, "get">,
): { readonly reader: MessageReader; readonly writer: MessageWriter } {
  const positions = new ClientPositions(documents);
  let status = 1;
  const reader = new Reader(input, (message) => {
    if (Message.isRequest(message) && message.method === "shutdown") status = 0;
    return positions.received(message);
  });
  for (const event of ["end", "close"]) input.on(event, () => process.exit(status));
  return { reader, writer: new Writer(output, (message) => positions.sent(message)) };
}
