/** Types of readmeTables.mjs for its test. */
export const readmes: readonly { readonly file: string; readonly language: string }[];
export function withTables(root: string, text: string, language: string): Promise<string>;
