/** The exit status of the command-line tool: a contract that scripts rely on. */
export const exitCodes = {
  /** Nothing to report at the chosen level. */
  nothing: 0,
  findings: 1,
  /** The command line is wrong. */
  usage: 2,
  /** The code or the toolchain could not be analysed. */
  failed: 3,
  /** Ended by Ctrl-C, as shells count it (128 + SIGINT). */
  interrupted: 130,
} as const;
