/** Maps that keep what was set last. */

/** Sets an entry as the latest one, and drops the oldest where there are more than `capacity` then. */
export function remember<Key, Value>(
  memory: Map<Key, Value>,
  key: Key,
  value: Value,
  capacity: number,
): void {
  memory.delete(key);
  memory.set(key, value);
  const oldest = memory.keys().next();
  if (memory.size > capacity && oldest.done !== true) memory.delete(oldest.value);
}
