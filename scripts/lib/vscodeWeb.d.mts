/** Types of vscodeWeb.mjs for the end-to-end tests. */
export interface VSCodeProgram {
  readonly node: string;
  readonly script: string;
}

export interface RunningVSCode {
  readonly ended: Promise<unknown>;
  readonly origin: string;
  readonly password: string;
  readonly settingsFile: string;
  /** Where the extension and its neighbors are installed (absolute). */
  readonly extensions: string;
  url(folder: string): string;
  stop(): Promise<void>;
}

export function ensureVSCode(): Promise<VSCodeProgram>;

export function startVSCode(options: {
  readonly vscode: VSCodeProgram;
  readonly vsix: string;
  readonly neighbors?: readonly string[];
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly env?: NodeJS.ProcessEnv;
  readonly trustPrompt?: boolean;
}): Promise<RunningVSCode>;
