/** Types of l10nTexts.mjs for its test. */
export function programTexts(root: string): Promise<string[]>;
export function textsOf(name: string, source: string): string[];
