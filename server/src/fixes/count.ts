/** How often something happens, as a sum of products: enough arithmetic to write a capacity that a person would write. */

interface Term {
  readonly coefficient: number;
  /** Go expressions that bind at least as tightly as a product's factors, sorted. */
  readonly factors: readonly string[];
}

/** Terms with different factors. */
export type Count = readonly Term[];

export const zero: Count = [];

export function constantCount(value: number): Count {
  return value === 0 ? [] : [{ coefficient: value, factors: [] }];
}

/** A Go expression that is never negative, such as `len(xs)`. */
export function symbolicCount(expression: string): Count {
  return [{ coefficient: 1, factors: [expression] }];
}

export function sum(a: Count, b: Count): Count {
  return merge([...a, ...b], (x, y) => x + y);
}

/** A count that neither of the two exceeds. */
export function upperBound(a: Count, b: Count): Count {
  return merge([...a, ...b], Math.max);
}

export function product(a: Count, b: Count): Count {
  const terms = a.flatMap((x) =>
    b.map((y) => ({
      coefficient: x.coefficient * y.coefficient,
      factors: [...x.factors, ...y.factors].sort(),
    })),
  );
  return merge(terms, (x, y) => x + y);
}

export function isEqual(a: Count, b: Count): boolean {
  return render(a) === render(b);
}

/** The value, where it does not depend on variables. */
export function constantValue(count: Count): number | undefined {
  if (count.length === 0) return 0;
  const [term] = count;
  return count.length === 1 && term?.factors.length === 0 ? term.coefficient : undefined;
}

/** At most two terms of at most two factors, one of them a quotient, or four plain ones: nobody wants to read more. */
export function isReadable(count: Count): boolean {
  const isShort = ({ factors }: Term) =>
    factors.length <= 2 && factors.filter((factor) => factor.includes("/")).length <= 1;
  const isPlainSum = count.length <= 4 && count.every(({ factors }) => factors.length <= 1);
  return isPlainSum || (count.length <= 2 && count.every(isShort));
}

/** The count as a Go operand in a list of arguments, where gofmt leaves no blanks around operators. */
export function render(count: Count): string {
  const symbolic = count.filter((term) => term.factors.length > 0);
  const plain = count.filter((term) => term.factors.length === 0);
  return [...symbolic, ...plain].map(renderTerm).join("+") || "0";
}

/** The count as the only argument of a call, where gofmt puts blanks around the operators that bind least. */
export function renderAlone(count: Count): string {
  const text = render(count);
  if (count.length > 1) return text.replace(/\+(?![^(]*\))/g, " + ");
  return count.some(({ factors }) => factors.some((factor) => factor.includes("/")))
    ? text
    : text.replace(/\*(?![^(]*\))/g, " * ");
}

/** A quotient comes first, so that it is divided before it is multiplied, as integers need. */
function renderTerm({ coefficient, factors }: Term): string {
  if (factors.length === 0) return String(coefficient);
  const quotients = factors.filter((factor) => factor.includes("/"));
  const others = factors.filter((factor) => !factor.includes("/"));
  return [...quotients, ...(coefficient === 1 ? [] : [String(coefficient)]), ...others].join("*");
}

function merge(terms: readonly Term[], join: (a: number, b: number) => number): Count {
  const byFactors = new Map<string, Term>();
  for (const term of terms) {
    const key = term.factors.join("*");
    const known = byFactors.get(key);
    const coefficient = known === undefined ? term.coefficient : join(known.coefficient, term.coefficient);
    byFactors.set(key, { coefficient, factors: term.factors });
  }
  return [...byFactors.values()].filter((term) => term.coefficient !== 0);
}
