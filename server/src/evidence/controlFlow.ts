/** The blocks of a function's code, how they follow one another, and which only lead to a panic. */
import { neverReturns } from "./allocators.js";
import { symbolOf, type Instruction } from "./instruction.js";
import type { Machine } from "./machine.js";

export interface Block {
  /** Indexes of its instructions: the first one, and the one behind the last. */
  readonly start: number;
  readonly end: number;
  readonly successors: readonly number[];
  readonly predecessors: readonly number[];
  /** It can be entered from where nothing here tells: a function's start, a switch's table, a recovered panic. */
  readonly isEntry: boolean;
  /** It is reached only on the way to a panic. */
  readonly isCold: boolean;
}

export interface ControlFlow {
  readonly blocks: readonly Block[];
  /** Index of the block with the instruction of this index. */
  blockOf(instruction: number): number;
  /** Whether every way from the start to a return goes through the instruction; ways to a panic are not looked at. */
  isOnEveryWay(instruction: number): boolean;
}

interface Draft {
  readonly start: number;
  readonly end: number;
  readonly successors: number[];
  readonly predecessors: number[];
  readonly ending: "return" | "panic" | "stack growth" | "on";
}

/** Cuts code into blocks. Jumps that the machine does not know are taken for plain instructions. */
export function controlFlow(code: readonly Instruction[], machine: Machine): ControlFlow {
  const starts = blockStarts(code, machine);
  const blockAt = new Int32Array(code.length);
  const drafts: Draft[] = starts.map((start, block) => {
    const end = starts[block + 1] ?? code.length;
    blockAt.fill(block, start, end);
    return { start, end, successors: [], predecessors: [], ending: endingOf(code, start, end, machine) };
  });
  connect(drafts, code, machine, blockAt);
  const cold = coldBlocks(drafts);
  const blocks = drafts.map((draft, index) => ({
    start: draft.start,
    end: draft.end,
    successors: draft.successors,
    predecessors: draft.predecessors,
    isEntry: index === 0 || draft.predecessors.length === 0,
    isCold: cold.has(index),
  }));
  const returns = new Set(drafts.flatMap(({ ending }, block) => (ending === "return" ? [block] : [])));
  return {
    blocks,
    blockOf: (instruction) => blockAt[instruction] ?? 0,
    isOnEveryWay: (instruction) => !avoids(blocks, returns, blockAt[instruction] ?? 0),
  };
}

/** Whether a return can be reached without the block. What nothing here leads to can be entered at any time. */
function avoids(blocks: readonly Block[], returns: ReadonlySet<number>, avoided: number): boolean {
  const waiting = blocks.flatMap(({ isEntry }, block) => (isEntry && block !== avoided ? [block] : []));
  const seen = new Set(waiting);
  for (let block = waiting.pop(); block !== undefined; block = waiting.pop()) {
    if (returns.has(block)) return true;
    for (const next of blocks[block]?.successors ?? []) {
      if (next === avoided || seen.has(next)) continue;
      seen.add(next);
      waiting.push(next);
    }
  }
  return false;
}

function blockStarts(code: readonly Instruction[], machine: Machine): number[] {
  const targets = new Set<number>();
  const starts = new Set<number>([0]);
  code.forEach((instruction, index) => {
    const jump = machine.jumpOf(instruction);
    if (jump !== undefined && "target" in jump && jump.target !== undefined) targets.add(jump.target);
    if (jump !== undefined || isLastCall(instruction)) starts.add(index + 1);
  });
  let last = -1;
  code.forEach(({ pc }, index) => {
    if (pc !== last && targets.has(pc)) starts.add(index);
    last = pc;
  });
  starts.delete(code.length);
  return [...starts].sort((a, b) => a - b);
}

function isLastCall({ operation, operands }: Instruction): boolean {
  return operation === "CALL" && neverReturns(symbolOf(operands) ?? "");
}

function endingOf(
  code: readonly Instruction[],
  start: number,
  end: number,
  machine: Machine,
): Draft["ending"] {
  const last = code[end - 1];
  if (last === undefined) return "on";
  if (isLastCall(last)) return "panic";
  const block = code.slice(start, end);
  // The stack is made larger before the function begins anew; that it does so is no loop of its own.
  if (
    block.some(({ operation, operands }) => operation === "CALL" && operands.startsWith("runtime.morestack"))
  )
    return "stack growth";
  const jump = machine.jumpOf(last);
  if (jump?.kind === "return")
    return last.operation === "RET" || last.operation === "JMP" ? "return" : "panic";
  return jump?.kind === "always" && jump.target === undefined ? "return" : "on";
}

function connect(
  drafts: readonly Draft[],
  code: readonly Instruction[],
  machine: Machine,
  blockAt: Int32Array,
): void {
  const indexOfPc = new Map<number, number>();
  code.forEach(({ pc }, index) => {
    if (!indexOfPc.has(pc)) indexOfPc.set(pc, index);
  });
  drafts.forEach((draft, block) => {
    if (draft.ending !== "on") return;
    const last = code[draft.end - 1];
    const jump = last === undefined ? undefined : machine.jumpOf(last);
    const target = jump !== undefined && "target" in jump ? indexOfPc.get(jump.target ?? -1) : undefined;
    const next = jump?.kind === "always" ? undefined : block + 1;
    const followers = [target === undefined ? undefined : blockAt[target], next];
    for (const successor of new Set(followers)) {
      const follower = successor === undefined ? undefined : drafts[successor];
      if (successor === undefined || follower === undefined || follower.ending === "stack growth") continue;
      draft.successors.push(successor);
      follower.predecessors.push(block);
    }
  });
}

/**
 * Blocks from which every way leads to a call that does not return: neither to a return, nor round in a circle, as the
 * loop of a server does.
 */
function coldBlocks(drafts: readonly Draft[]): Set<number> {
  const cold = new Set<number>();
  const waiting: number[] = [];
  const open = drafts.map(({ successors }) => successors.length);
  drafts.forEach(({ ending }, block) => {
    if (ending === "panic") waiting.push(block);
  });
  for (let block = waiting.pop(); block !== undefined; block = waiting.pop()) {
    if (cold.has(block)) continue;
    cold.add(block);
    for (const before of drafts[block]?.predecessors ?? []) {
      const left = (open[before] ?? 0) - 1;
      open[before] = left;
      if (left === 0) waiting.push(before);
    }
  }
  return cold;
}
