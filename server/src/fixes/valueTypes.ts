/** What copying a value of a type costs and breaks, from the types that its package declares. */
import { basicSizes } from "./basicSizes.js";
import type { PackageTypes } from "./packageTypes.js";

/** Types of the standard library that are copied without harm, with their sizes on 64-bit targets. */
const plainTypes: Readonly<Record<string, number>> = {
  "time.Time": 24,
  "time.Duration": 8,
  "time.Month": 8,
  "time.Weekday": 8,
  "context.Context": 16,
  "io.Reader": 16,
  "io.Writer": 16,
  "io.ReadWriter": 16,
  "io.Closer": 16,
  "io.ReadCloser": 16,
  "io.ReadWriteCloser": 16,
  "net.IP": 24,
  "net.Conn": 16,
  "net.Addr": 16,
  "netip.Addr": 24,
  "json.RawMessage": 24,
  "http.Header": 8,
  "http.Handler": 16,
  "http.HandlerFunc": 8,
  "http.ResponseWriter": 16,
  "url.Values": 8,
  "os.FileMode": 4,
  "fs.FileMode": 4,
  "fs.FileInfo": 16,
  "reflect.Type": 16,
  "reflect.Value": 24,
  "reflect.Kind": 8,
  "token.Pos": 8,
  "unsafe.Pointer": 8,
  "sql.NullString": 24,
  "sql.NullInt64": 16,
  "sql.NullBool": 2,
};

/** Types that name themselves through others are not followed further than this. */
const depthLimit = 8;

/**
 * Bytes of a value of the type (source text) that may be copied; undefined where that is not certain: types of other
 * packages, which may hold a lock, and those of this package that do (`noCopy`, a Lock method of a pointer).
 */
export function copyableSize(type: string, package_: PackageTypes, depth = 0): number | undefined {
  if (depth > depthLimit) return undefined;
  const text = type.trim();
  const size = plainSize(text);
  if (size !== undefined) return size;
  const array = /^\[\s*(\d+)\s*\](.+)$/s.exec(text);
  if (array !== null) {
    const element = copyableSize(array[2] ?? "", package_, depth + 1);
    return element === undefined ? undefined : Number(array[1]) * element;
  }
  const facts = package_.types.get(text);
  if (facts === undefined || facts.isGeneric) return undefined;
  if (package_.methods.get(`${text}.Lock`)?.isPointer === true) return undefined;
  if (!facts.isStruct) return copyableSize(facts.underlying, package_, depth + 1);
  let sum = 0;
  for (const field of facts.fields) {
    const bytes = copyableSize(field.type, package_, depth + 1);
    if (bytes === undefined) return undefined;
    sum += Math.ceil(bytes / 8) * 8;
  }
  return sum;
}

/** Whether values of the type have a total order that `<` and cmp.Compare agree on: no floating point, which has NaN. */
export function isTotallyOrdered(type: string, package_: PackageTypes, depth = 0): boolean {
  const text = type.trim();
  if (/^(?:string|byte|rune|u?int(?:8|16|32|64)?|uintptr)$/.test(text)) return !package_.types.has(text);
  if (text === "time.Duration") return true;
  const facts = package_.types.get(text);
  if (facts === undefined || facts.isGeneric || depth > depthLimit) return false;
  return isTotallyOrdered(facts.underlying, package_, depth + 1);
}

/** The zero value of a type as Go source that holds in the whole package. */
export function zeroValue(type: string, package_: PackageTypes, depth = 0): string {
  const text = type.trim();
  if (text === "string") return '""';
  if (text === "bool") return "false";
  if (/^(?:error|any)$/.test(text) || /^(?:\*|\[\]|map\[|chan\b|<-|func\b|interface\b)/.test(text))
    return "nil";
  if (basicSizes[text] !== undefined || text === "time.Duration") return "0";
  if (/^\[/.test(text) || text.startsWith("struct") || /^(?:time\.Time|sql\.Null\w+)$/.test(text))
    return `${text}{}`;
  const facts = package_.types.get(text);
  if (facts === undefined || facts.isGeneric || depth > depthLimit) return `*new(${text})`;
  if (facts.isStruct || /^\[[^\]]/.test(facts.underlying)) return `${text}{}`;
  return zeroValue(facts.underlying, package_, depth + 1).startsWith("*")
    ? `*new(${text})`
    : zeroValue(facts.underlying, package_, depth + 1);
}

function plainSize(text: string): number | undefined {
  if (/^(?:\*|map\[|chan\b|<-\s*chan\b|func\b)/.test(text)) return 8;
  if (text.startsWith("[]")) return 24;
  if (/^interface\b/.test(text)) return 16;
  if (/^(?:struct\s*\{\s*\})$/.test(text)) return 0;
  return basicSizes[text] ?? plainTypes[text];
}
