/** Types of dependencies.mjs for its test. */
type Packages = Readonly<Record<string, { readonly version?: string; readonly optional?: boolean }>>;

export function ensureDependencies(root: string): Promise<void>;
export function isInstalled(lock: Packages, installed: Packages | undefined): boolean;
