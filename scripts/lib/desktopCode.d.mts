/** Types of desktopCode.mjs for its test. */
export function findDesktopCode(env?: NodeJS.ProcessEnv, platform?: NodeJS.Platform): string | undefined;
