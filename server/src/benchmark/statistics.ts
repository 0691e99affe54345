/** Whether two lists of measurements differ: the Mann-Whitney U test, exact. No small library has it with ties. */

/** The middle value; NaN of none. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  const [low = NaN, high = NaN] = [sorted[Math.ceil(middle) - 1], sorted[Math.floor(middle)]];
  return (low + high) / 2;
}

/**
 * The two-sided p value: how likely ranks as uneven as these are if both sides come from one distribution. It is counted
 * over all ways to choose the ranks of one side, equal values sharing theirs (Mann and Whitney, Annals of Mathematical
 * Statistics 18, 1947). 1 where a side is empty.
 */
export function mannWhitney(a: readonly number[], b: readonly number[]): number {
  if (a.length === 0 || b.length === 0) return 1;
  const ranks = doubledRanks([...a, ...b]);
  const observed = ranks.slice(0, a.length).reduce((sum, rank) => sum + rank, 0);
  const ways = rankSums(ranks, a.length);
  const all = ways.reduce((sum, count) => sum + count, 0);
  // Twice the mean of the rank sum, so that everything stays a whole number.
  const mean = a.length * (ranks.length + 1);
  const distance = Math.abs(observed - mean);
  let extreme = 0;
  ways.forEach((count, sum) => {
    if (Math.abs(sum - mean) >= distance) extreme += count;
  });
  return extreme / all;
}

/** Ranks from 1, those of equal values averaged, times two. */
function doubledRanks(values: readonly number[]): number[] {
  return values.map((value) => {
    const below = values.filter((each) => each < value).length;
    const equal = values.filter((each) => each === value).length;
    return 2 * below + equal + 1;
  });
}

/** By sum, in how many ways so many of the ranks can be chosen. */
function rankSums(ranks: readonly number[], chosen: number): number[] {
  const most = ranks.reduce((sum, rank) => sum + rank, 0);
  const ways = Array.from({ length: chosen + 1 }, () => new Array<number>(most + 1).fill(0));
  const start = ways[0];
  if (start !== undefined) start[0] = 1;
  for (const rank of ranks) {
    for (let count = chosen; count > 0; count--) {
      const [from, to] = [ways[count - 1], ways[count]];
      if (from === undefined || to === undefined) continue;
      for (let sum = most; sum >= rank; sum--) to[sum] = (to[sum] ?? 0) + (from[sum - rank] ?? 0);
    }
  }
  return ways[chosen] ?? [];
}
