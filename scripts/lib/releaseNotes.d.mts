/** Types of releaseNotes.mjs for its test. */
export function releaseNotes(tag: string, version: string, changelog: string): string;
