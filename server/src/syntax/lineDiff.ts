/** Which lines differ between two texts: the shortest edit script, by Myers' greedy algorithm (Algorithmica 1, 1986). */

/** Lines `oldStart` to `oldEnd` became `newStart` to `newEnd`: indexes from 0, the ends exclusive. */
export interface LineChange {
  readonly oldStart: number;
  readonly oldEnd: number;
  readonly newStart: number;
  readonly newEnd: number;
}

/** With more differing lines than this, all between the first and the last of them counts as one change. */
const differenceLimit = 2000;

/** The lines of a text, each with its line end; the last one may have none. */
export function linesOf(text: string): string[] {
  return text === "" ? [] : text.split(/(?<=\n)/);
}

/** The changes that turn one list of lines into the other, in order; neighbors are joined. */
export function diffLines(before: readonly string[], after: readonly string[]): LineChange[] {
  let start = 0;
  while (start < before.length && start < after.length && before[start] === after[start]) start++;
  let oldEnd = before.length;
  let newEnd = after.length;
  while (oldEnd > start && newEnd > start && before[oldEnd - 1] === after[newEnd - 1]) {
    oldEnd--;
    newEnd--;
  }
  if (oldEnd === start && newEnd === start) return [];
  const whole = { oldStart: start, oldEnd, newStart: start, newEnd };
  const trace = frontiers(before.slice(start, oldEnd), after.slice(start, newEnd));
  if (trace === undefined) return [whole];
  return joined(steps(trace, oldEnd - start, newEnd - start)).map((change) => ({
    oldStart: change.oldStart + start,
    oldEnd: change.oldEnd + start,
    newStart: change.newStart + start,
    newEnd: change.newEnd + start,
  }));
}

/** How far each diagonal was reached before each round; undefined when there are too many differences. */
function frontiers(before: readonly string[], after: readonly string[]): Int32Array[] | undefined {
  const most = Math.min(before.length + after.length, differenceLimit);
  const reached = new Int32Array(2 * most + 3);
  const at = (diagonal: number) => reached[diagonal + most + 1] ?? 0;
  const trace: Int32Array[] = [];
  for (let round = 0; round <= most; round++) {
    // Round `d` is entered from the diagonals -d to d of the round before.
    trace.push(reached.slice(most + 1 - round - 1, most + 1 + round + 2));
    for (let diagonal = -round; diagonal <= round; diagonal += 2) {
      let x = goesDown(at, diagonal, round) ? at(diagonal + 1) : at(diagonal - 1) + 1;
      while (
        x < before.length &&
        x - diagonal < after.length &&
        x - diagonal >= 0 &&
        before[x] === after[x - diagonal]
      )
        x++;
      reached[diagonal + most + 1] = x;
      if (x >= before.length && x - diagonal >= after.length) return trace;
    }
  }
  return undefined;
}

/** Whether the round came to the diagonal by inserting a line; else it deleted one. */
function goesDown(at: (diagonal: number) => number, diagonal: number, round: number): boolean {
  return diagonal === -round || (diagonal !== round && at(diagonal - 1) < at(diagonal + 1));
}

/** The single insertions and deletions, walked back from the end, in order. */
function steps(trace: readonly Int32Array[], oldLength: number, newLength: number): LineChange[] {
  const changes: LineChange[] = [];
  let x = oldLength;
  let y = newLength;
  for (let round = trace.length - 1; round > 0; round--) {
    const row = trace[round];
    const at = (diagonal: number) => row?.[diagonal + round + 1] ?? 0;
    const down = goesDown(at, x - y, round);
    const diagonal = down ? x - y + 1 : x - y - 1;
    const oldStart = at(diagonal);
    const newStart = oldStart - diagonal;
    changes.push({
      oldStart,
      oldEnd: oldStart + (down ? 0 : 1),
      newStart,
      newEnd: newStart + (down ? 1 : 0),
    });
    x = oldStart;
    y = newStart;
  }
  return changes.reverse();
}

function joined(changes: readonly LineChange[]): LineChange[] {
  const result: LineChange[] = [];
  for (const change of changes) {
    const last = result.at(-1);
    if (last?.oldEnd === change.oldStart && last.newEnd === change.newStart)
      result[result.length - 1] = { ...last, oldEnd: change.oldEnd, newEnd: change.newEnd };
    else result.push(change);
  }
  return result;
}
