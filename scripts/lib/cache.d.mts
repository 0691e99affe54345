/** Types of cache.mjs for its test. */
export function cacheFolder(): string;
export function cached(
  key: string,
  announcement: string,
  build: (folder: string) => Promise<void>,
): Promise<string>;
