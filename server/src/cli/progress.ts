/** Tells a person at a terminal how far a long run has come: one line on stderr, which is wiped at the end. */
import * as l10n from "@vscode/l10n";

export type Phase = "compile" | "evidence";

export interface Progress {
  /** To be called with how many are done of how many. */
  of(phase: Phase): (done: number, all: number) => void;
  /** Wipes the line; returns the seconds that each phase took, those that took none left out. */
  end(): ReadonlyMap<Phase, number>;
}

/** A terminal has room for so many messages in a second; each is a system call. */
const interval = 100;

/** @param isShown Whether stderr is a terminal. */
export function showProgress(isShown: boolean, write: (text: string) => void): Progress {
  const started = new Map<Phase, number>();
  const ended = new Map<Phase, number>();
  let shown = 0;
  return {
    of(phase) {
      const start = performance.now();
      return (done, all) => {
        const now = performance.now();
        started.set(phase, start);
        ended.set(phase, now);
        if (!isShown || (now - shown < interval && done < all)) return;
        shown = now;
        const seconds = ((now - start) / 1000).toFixed(1);
        write(`\r\u001B[K${messages[phase](done, all, seconds)}`);
      };
    },
    end() {
      if (isShown && shown > 0) write("\r\u001B[K");
      return new Map(
        [...started].map(([phase, start]) => [phase, ((ended.get(phase) ?? start) - start) / 1000]),
      );
    },
  };
}

const messages: Readonly<Record<Phase, (done: number, all: number, seconds: string) => string>> = {
  compile: (done, all, seconds) => l10n.t("Compiling: {0} of {1} packages ({2} s)", done, all, seconds),
  evidence: (done, all, seconds) =>
    l10n.t("Reading the machine code: {0} of {1} packages ({2} s)", done, all, seconds),
};
