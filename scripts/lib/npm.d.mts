/** Types of npm.mjs for the tests of the package. */
export function npm(args: readonly string[], cwd: string): Promise<void>;

export function npmCommand(args: readonly string[]): [program: string, args: string[]];

export function npxCommand(args: readonly string[]): [program: string, args: string[]];
