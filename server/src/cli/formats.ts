/** What each command can print: the command line offers these names. */
export const checkFormats = ["text", "json", "sarif", "github", "markdown"] as const;
export type CheckFormat = (typeof checkFormats)[number];

export const reportFormats = ["html", "markdown", "json", "csv"] as const;
export type ReportFormat = (typeof reportFormats)[number];

export const testFormats = ["text", "json"] as const;
export type TestFormat = (typeof testFormats)[number];

export const fixFormats = ["text", "json"] as const;
export type FixFormat = (typeof fixFormats)[number];
