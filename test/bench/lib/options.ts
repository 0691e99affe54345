/** The command line of a benchmark: `--name=value`, `--name`, and words. */
const words = process.argv.slice(2);

/** The words that are no options: packages, modules. */
export const operands: readonly string[] = words.filter((word) => !word.startsWith("--"));

/** The value of `--name=value`; undefined when it is not given. */
export function option(name: string): string | undefined {
  return words.find((word) => word.startsWith(`--${name}=`))?.slice(name.length + 3);
}

/** A count of `--name=N`; throws when it is no whole number from 0 on. */
export function count(name: string, fallback: number): number {
  const value = Number(option(name) ?? fallback);
  if (!Number.isSafeInteger(value) || value < 0) throw new Error(`--${name} wants a whole number.`);
  return value;
}

/** Whether `--name` is given. */
export function flag(name: string): boolean {
  return words.includes(`--${name}`);
}
