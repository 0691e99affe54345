/**
 * Somebody who works in several packages, drawn from a seed: opens, edits, saves and closes files, reads hovers and menus,
 * switches branches below the editor, and has the workspace analyzed now and then, not always to its end.
 */
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import type { FileChangeType } from "vscode-languageserver-protocol";
import { CancellationTokenSource } from "vscode-languageserver-protocol/node";
import { URI } from "vscode-uri";
import { serverCommands } from "../../../server/src/protocol.js";
import type { EditorClient } from "./editorClient.js";
import { pick, RandomEdits, randomNumbers } from "./randomEdits.js";
import { descendantsOf } from "./serverProcesses.js";

/** A file of the workspace. */
interface WorkedOn {
  readonly path: string;
  readonly edits: RandomEdits;
}

/** How often each thing is done, of a thousand. */
const habits = {
  edit: 590,
  read: 110,
  save: 80,
  open: 100,
  close: 40,
  pause: 50,
  switchBranch: 20,
  analyzeWorkspace: 10,
} as const;

/** As many files are open at once. */
const openAtMost = 6;

/** Milliseconds without a process or a message after which the server counts as settled. */
const quiet = 2000;

const created: FileChangeType = 1;
const changed: FileChangeType = 2;
const deleted: FileChangeType = 3;

export class SimulatedEditor {
  /** How often each thing was done. */
  readonly done = new Map<string, number>();
  readonly #client: EditorClient;
  readonly #random: () => number;
  readonly #files: readonly WorkedOn[];
  /** The open ones by their URI. */
  readonly #open = new Map<string, WorkedOn>();
  readonly #running = new Set<Promise<unknown>>();
  #branches = 0;

  /** @param files Absolute paths; they are written to. */
  constructor(client: EditorClient, files: readonly string[], seed: number) {
    this.#client = client;
    this.#random = randomNumbers(seed);
    this.#files = files.map((file, index) => ({
      path: file,
      edits: new RandomEdits(readFileSync(file, "utf8"), seed + index, `typed${index}x`),
    }));
  }

  /** The texts of the open files by their absolute path. */
  get texts(): ReadonlyMap<string, string> {
    return new Map([...this.#open.values()].map((file) => [file.path, file.edits.text]));
  }

  /** Does one thing. */
  async step(): Promise<void> {
    const habit = this.#habit();
    this.done.set(habit, (this.done.get(habit) ?? 0) + 1);
    await this[habit]();
  }

  /** Repairs what does not compile, in open and in closed files, and waits until the server has nothing more to do. */
  async settle(): Promise<void> {
    for (const [uri, { edits }] of this.#open) {
      for (let change = edits.repair(); change !== undefined; change = edits.repair())
        await this.#client.change(uri, [change]);
    }
    const torn = this.#closed().filter(({ edits }) => !edits.isWhole);
    for (const file of torn) {
      file.edits.restore();
      writeFileSync(file.path, file.edits.text);
    }
    await this.#tell(torn.map((file) => [file.path, changed]));
    await Promise.all(this.#running);
    for (const uri of this.#open.keys()) await this.#client.idle(uri);
    let seen = -1;
    while (seen !== this.#client.statuses.length) {
      seen = this.#client.statuses.length;
      await delay(quiet);
      while (descendantsOf(this.#client.process.pid).length > 0) await delay(quiet / 10);
    }
  }

  protected async edit(): Promise<void> {
    const [uri, file] = this.#pickOpen() ?? [];
    if (uri !== undefined && file !== undefined) await this.#client.change(uri, [file.edits.next()]);
  }

  protected async read(): Promise<void> {
    const [uri, file] = this.#pickOpen() ?? [];
    if (uri === undefined || file === undefined) return;
    const position = { line: Math.floor(this.#random() * file.edits.text.split("\n").length), character: 8 };
    await this.#client.connection.sendRequest("textDocument/hover", { textDocument: { uri }, position });
    await this.#client.codeActions(uri, position);
  }

  protected async save(): Promise<void> {
    const [uri, file] = this.#pickOpen() ?? [];
    if (uri === undefined || file === undefined) return;
    writeFileSync(file.path, file.edits.text);
    file.edits.save();
    await this.#client.save(uri);
    await this.#tell([[file.path, changed]]);
  }

  protected async open(): Promise<void> {
    const file = pick(this.#closed(), this.#random());
    if (file === undefined || this.#open.size >= openAtMost) return;
    this.#open.set(await this.#client.open(file.path, file.edits.text), file);
  }

  /** What was not saved is dropped. */
  protected async close(): Promise<void> {
    const [uri, file] = this.#pickOpen() ?? [];
    if (uri === undefined || file === undefined) return;
    await this.#client.close(uri);
    this.#open.delete(uri);
    file.edits.revert();
  }

  /** Waits for the results of one file, as who reads them. */
  protected async pause(): Promise<void> {
    const [uri] = this.#pickOpen() ?? [];
    if (uri !== undefined) await this.#client.idle(uri);
  }

  /**
   * Every file without unsaved changes becomes what it was at first, and half of the packages get or lose a file. An editor
   * reads open files anew.
   */
  protected async switchBranch(): Promise<void> {
    this.#branches++;
    const changes: [string, FileChangeType][] = [];
    for (const file of this.#files.filter(({ edits }) => edits.isSaved)) {
      file.edits.restore();
      writeFileSync(file.path, file.edits.text);
      changes.push([file.path, changed]);
    }
    for (const folder of new Set(this.#files.map((file) => path.dirname(file.path))))
      if (this.#random() < 0.5) changes.push(this.#switchFile(folder));
    for (const [uri, { edits }] of this.#open)
      if (edits.isSaved) await this.#client.change(uri, [{ text: edits.text }]);
    await this.#tell(changes);
  }

  protected analyzeWorkspace(): Promise<void> {
    const source = new CancellationTokenSource();
    const running = this.#client.connection
      .sendRequest("workspace/executeCommand", { command: serverCommands.analyzeWorkspace }, source.token)
      // An error is what a canceled request is answered with.
      .catch(() => undefined)
      .finally(() => this.#running.delete(running));
    this.#running.add(running);
    if (this.#random() < 0.5)
      setTimeout(() => {
        source.cancel();
      }, 3000 * this.#random());
    return Promise.resolve();
  }

  /** Makes, or removes, a file that only one branch has. */
  #switchFile(folder: string): [string, FileChangeType] {
    const file = path.join(folder, "escape_lens_branch.go");
    if (existsSync(file)) {
      rmSync(file);
      return [file, deleted];
    }
    const [name] = /(?<=^package )\w+/m.exec(readFileSync(this.#in(folder), "utf8")) ?? [];
    const text = `package ${name ?? ""}\n\nfunc branch${this.#branches}() *int { v := 1; return &v }\n`;
    writeFileSync(file, text);
    return [file, created];
  }

  #in(folder: string): string {
    return this.#files.find((file) => path.dirname(file.path) === folder)?.path ?? folder;
  }

  /** As editors do whose watchers see the disk. */
  async #tell(changes: readonly (readonly [string, FileChangeType])[]): Promise<void> {
    if (changes.length === 0) return;
    await this.#client.connection.sendNotification("workspace/didChangeWatchedFiles", {
      changes: changes.map(([file, type]) => ({ uri: URI.file(file).toString(), type })),
    });
  }

  #closed(): WorkedOn[] {
    const open = new Set(this.#open.values());
    return this.#files.filter((file) => !open.has(file));
  }

  #pickOpen(): readonly [string, WorkedOn] | undefined {
    return pick([...this.#open], this.#random());
  }

  #habit(): keyof typeof habits {
    let left = 1000 * this.#random();
    for (const [habit, share] of Object.entries(habits) as [keyof typeof habits, number][]) {
      left -= share;
      if (left < 0) return habit;
    }
    return "edit";
  }
}
