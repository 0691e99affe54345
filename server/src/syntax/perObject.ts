/** Remembers what is found out about an object as a whole, for as long as that object is in use. */

/** `compute` for an object, once for each. */
export function perObject<K extends object, T>(compute: (object: K) => T): (object: K) => T {
  const known = new WeakMap<K, { readonly value: T }>();
  return (object) => {
    let entry = known.get(object);
    if (entry === undefined) {
      entry = { value: compute(object) };
      known.set(object, entry);
    }
    return entry.value;
  };
}
