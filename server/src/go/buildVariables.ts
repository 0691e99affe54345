/** Which variables of an environment decide what a build makes. */

/** What go and its compiler look at, and where programs are found. */
const names =
  /^(?:GO.*|CGO_.*|PKG_CONFIG.*|AR|CC|CXX|FC|PATH|HOME|USERPROFILE|APPDATA|LOCALAPPDATA|XDG_(?:CONFIG|CACHE)_HOME)$/i;

type Variables = Readonly<Record<string, string | undefined>>;

/** The variables that a build depends on, sorted, as parts of a key: two environments with the same ones build the same. */
export function buildVariables(env: Variables): [name: string, value: string | undefined][] {
  return Object.entries(env)
    .filter(([name]) => names.test(name))
    .sort(([a], [b]) => (a < b ? -1 : 1));
}
