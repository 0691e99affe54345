import { problemSentence } from "../explain/problem.js";
import type { GoProblem } from "../go/problems.js";

/** Go is missing or cannot load the packages; the message is for the person, and says what to do. */
export class ToolchainProblem extends Error {
  constructor(problem: GoProblem) {
    const sentence = problemSentence(problem);
    const lines = problem.message.split("\n").filter((line) => line !== "" && !sentence.includes(line));
    super([sentence, ...lines].join("\n"));
  }
}
