/** Bytes and objects, added up. Below zero where a profile is the difference of two. */
export interface Amount {
  readonly bytes: number;
  readonly objects: number;
}

export const nothing: Amount = { bytes: 0, objects: 0 };

export function plus(a: Amount, b: Amount): Amount {
  return { bytes: a.bytes + b.bytes, objects: a.objects + b.objects };
}

/** Adds to the entry of a key; beyond `limit` keys, to that of `rest`. */
export function addTo<Key>(
  amounts: Map<Key, Amount>,
  key: Key,
  amount: Amount,
  bound?: { readonly limit: number; readonly rest: Key },
): void {
  const isFull = bound !== undefined && amounts.size >= bound.limit && !amounts.has(key);
  const entry = isFull ? bound.rest : key;
  amounts.set(entry, plus(amounts.get(entry) ?? nothing, amount));
}

export function sumOf(amounts: Iterable<Amount>): Amount {
  let sum = nothing;
  for (const amount of amounts) sum = plus(sum, amount);
  return sum;
}
