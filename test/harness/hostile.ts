/** A module whose author wants the reader's editor to do things: words, names and settings that try to. */

/** What a link, a tag or a workflow command would be made of, in the order of a Go file's literals. */
export const hostileWords = [
  "[click](command:workbench.action.terminal.new)",
  "![pixel](https://evil.example/p.png)",
  "<img src=x onerror=alert(1)>",
  "</script><script>alert(1)</script>",
  "</code></pre><a href='javascript:alert(1)'>x</a>",
  "<https://evil.example/auto>",
  "https://evil.example/plain www.evil.example",
  "`](command:evil)`` ```\\n# heading",
  "::error file=x::stolen %0A::set-output name=a::b",
  "$(flame) &lt;script&gt; =cmd|' /C calc'!A0",
  "a\\r\\n\\r\\n[x]: command:evil\\n[x]",
];

/** Go source in which each of the words is boxed, and a raw literal that holds back quotes' neighbours; it compiles. */
export const hostileSource = `package p

import "fmt"

type T struct{ next *T }

func Show(n int) (out []any) {
${hostileWords.map((word) => `\tout = append(out, fmt.Sprint(${JSON.stringify(word).replaceAll("\\\\", "\\")}, n))`).join("\n")}
	for i := 0; i < n; i++ {
		out = append(out, map[string]int{"[click](command:evil)": i}, func() string { return "</script>" + fmt.Sprint(i) })
	}
	return out
}

func Steer(n int) (out []string) {
	for i := 0; i < n; i++ {
		out = append(out, fmt.Sprint(n)+\`\u001b[2J\u202e\u009b31m\`)
	}
	return out
}

//line [click](command:evil).go:1:1
func Line() *T { return &T{} }
`;

/** File names that Go takes, with the marks of links and tags. */
const hostileNames = [
  "a[x](command:evil).go",
  "b<img src=x onerror=alert(1)>.go",
  "c`&quot;.go",
  "d\u001b[31m\u202eog.exe.go",
];

/** The source in a file of each name that the system takes, with declarations of its own, and a plain one to begin with. */
export function hostileFiles(): Record<string, string> {
  const names = hostileNames.filter((name) => process.platform !== "win32" || !/[<>`"]/.test(name));
  const text = (index: number) => hostileSource.replaceAll(/\b(T|Show|Line|Steer)\b/g, `$1${index}`);
  return Object.fromEntries(["p.go", ...names].map((name, index) => [name, text(index)]));
}

/** Raw characters that steer a terminal or turn text around; Go takes them in names and raw literals. */
// eslint-disable-next-line no-control-regex -- They are what is looked for.
export const steeringCharacters = /[\0-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/;
