/** Drives of Windows, whose letters editors write small and most programs large. */

const drive = /^[A-Za-z]:(?=[\\/])/;

/**
 * A path with its drive's letter as another path has it, where both are of the same drive; else, and on other systems, the
 * path as it is. Paths are compared as text everywhere: one spelling of a drive has to hold from the editor to the compiler.
 */
export function withDriveOf(other: string, path: string): string {
  const [wanted] = drive.exec(other) ?? [];
  const [found] = drive.exec(path) ?? [];
  if (wanted === undefined || found?.toLowerCase() !== wanted.toLowerCase()) return path;
  return wanted + path.slice(wanted.length);
}
