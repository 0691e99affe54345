/** What the loaded profile says of the lines in sight: bytes, share and objects behind them, warmer where there is more. */
import {
  type DecorationOptions,
  Disposable,
  MarkdownString,
  OverviewRulerLane,
  Range,
  type TextEditor,
  type TextEditorDecorationType,
  ThemeColor,
  window,
  workspace,
} from "vscode";
import {
  type ProfileLineMark,
  type ProfileLines,
  profileLinesMethod,
  type ProfileLinesParams,
} from "../../../server/src/protocol.js";
import { extensionId, profileColors } from "../identifiers.js";
import type { LanguageServer } from "../languageServer.js";

/** Milliseconds after an edit: lines move with their text by themselves, only what was edited goes. */
const pause = 400;

export class ProfileHeat implements Disposable {
  readonly #server: Pick<LanguageServer, "request" | "isRunning">;
  readonly #types: readonly TextEditorDecorationType[];
  readonly #subscriptions: Disposable;
  #timer: NodeJS.Timeout | undefined;

  constructor(server: Pick<LanguageServer, "request" | "isRunning">) {
    this.#server = server;
    this.#types = profileColors.map((color, heat) =>
      window.createTextEditorDecorationType({
        isWholeLine: true,
        after: { color: new ThemeColor(color), margin: "0 0 0 2em" },
        ...(heat > 0 && {
          overviewRulerColor: new ThemeColor(color),
          overviewRulerLane: OverviewRulerLane.Right,
        }),
      }),
    );
    this.#subscriptions = Disposable.from(
      ...this.#types,
      window.onDidChangeVisibleTextEditors(() => {
        this.refresh();
      }),
      workspace.onDidChangeTextDocument(({ document }) => {
        if (document.languageId === "go") this.#later();
      }),
      workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration(`${extensionId}.profile`)) this.refresh();
      }),
    );
  }

  /** Asks anew for all editors in sight. */
  refresh(): void {
    for (const editor of window.visibleTextEditors) void this.#show(editor);
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#subscriptions.dispose();
  }

  #later(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.refresh();
    }, pause);
  }

  async #show(editor: TextEditor): Promise<void> {
    const { document } = editor;
    if (document.languageId !== "go" || document.uri.scheme !== "file") return;
    const isOn = workspace.getConfiguration(extensionId, document.uri).get<boolean>("profile.decorations");
    const answer = isOn === false ? null : await this.#ask({ uri: document.uri.toString() });
    // An answer about another text would land on the wrong lines; after the edit it is asked for once more.
    if (answer !== null && answer.version !== document.version) return;
    this.#types.forEach((type, heat) => {
      const marks = answer?.lines.filter((mark) => mark.heat === heat) ?? [];
      editor.setDecorations(
        type,
        marks.map((mark) => decoration(mark, editor)),
      );
    });
  }

  async #ask(params: ProfileLinesParams): Promise<ProfileLines | null> {
    if (!this.#server.isRunning) return null;
    return this.#server.request<ProfileLines | null>(profileLinesMethod, params).catch(() => null);
  }
}

function decoration({ line, label, detail }: ProfileLineMark, { document }: TextEditor): DecorationOptions {
  const { end } = document.lineAt(Math.min(line, document.lineCount - 1)).range;
  return {
    range: new Range(end, end),
    renderOptions: { after: { contentText: label } },
    ...(detail !== "" && { hoverMessage: new MarkdownString(detail) }),
  };
}
