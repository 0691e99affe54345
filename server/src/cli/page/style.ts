/** The page's style sheet: the reader's own fonts, light or dark as their system is, and plain on paper. */
export const style = `
:root { color-scheme: light dark; --text: #1c2330; --dim: #5a6475; --back: #ffffff; --panel: #f4f6f9; --line: #d5dbe3; --loops: #c2410c; --elsewhere: #2f6f9f; --mark: #ffe3a3; --link: #1558b0; }
@media (prefers-color-scheme: dark) { :root { --text: #e3e8ef; --dim: #98a3b3; --back: #14181f; --panel: #1d232c; --line: #323b47; --loops: #f0883e; --elsewhere: #5aa7d9; --mark: #5c4a12; --link: #7db7ff; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 90rem; padding: 1.5rem; font: 15px/1.5 system-ui, sans-serif; color: var(--text); background: var(--back); }
h1 { font-size: 1.5rem; margin: 0 0 .25rem; }
.sums { color: var(--dim); margin: 0 0 1.25rem; }
.error { border-left: 4px solid var(--loops); background: var(--panel); padding: .5rem .75rem; white-space: pre-wrap; }
.charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(24rem, 1fr)); gap: 1rem; align-items: start; }
figure { margin: 0; padding: .75rem 1rem; background: var(--panel); border: 1px solid var(--line); border-radius: 6px; }
figcaption { font-weight: 600; margin-bottom: .5rem; }
svg { width: 100%; height: auto; font: 13px system-ui, sans-serif; }
svg text { fill: var(--text); dominant-baseline: central; }
svg .label { text-anchor: end; }
svg .count { fill: var(--dim); }
.loops { fill: var(--loops); background: var(--loops); }
.elsewhere { fill: var(--elsewhere); background: var(--elsewhere); }
.bar[data-filter] { cursor: pointer; }
.bar:focus-visible { outline: 2px solid var(--link); }
.legend { color: var(--dim); margin: .75rem 0 1.5rem; }
.legend span { display: inline-block; width: .8em; height: .8em; margin: 0 .35em 0 1em; border-radius: 2px; }
form { display: flex; flex-wrap: wrap; gap: .5rem .75rem; align-items: end; position: sticky; top: 0; padding: .6rem 0; background: var(--back); border-bottom: 1px solid var(--line); }
label { display: flex; flex-direction: column; font-size: .8rem; color: var(--dim); }
input, select, form button { font: inherit; color: var(--text); background: var(--panel); border: 1px solid var(--line); border-radius: 4px; padding: .25rem .5rem; max-width: 22rem; }
output { color: var(--dim); margin-left: auto; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: .4rem .6rem; border-bottom: 1px solid var(--line); }
th { background: var(--back); }
th button { all: unset; cursor: pointer; font-weight: 600; }
th button:focus-visible { outline: 2px solid var(--link); }
th[aria-sort="ascending"] button::after { content: " ▲"; }
th[aria-sort="descending"] button::after { content: " ▼"; }
td.number { text-align: right; font-variant-numeric: tabular-nums; }
.place, .function { display: block; overflow-wrap: anywhere; }
.place { min-width: 9rem; }
.function { color: var(--dim); font-size: .85em; }
code, pre { font: .87em/1.45 ui-monospace, Consolas, monospace; }
pre { margin: .25rem 0 0; padding: .2rem .5rem; background: var(--panel); border-radius: 4px; white-space: pre-wrap; overflow-wrap: anywhere; tab-size: 4; }
mark { background: var(--mark); color: inherit; border-radius: 2px; }
a { color: var(--link); }
[hidden] { display: none; }
@media print {
  :root { color-scheme: light; --text: #000; --dim: #444; --back: #fff; --panel: #fff; --line: #999; --loops: #555; --elsewhere: #bbb; --mark: #ddd; --link: #000; }
  body { max-width: none; padding: 0; font-size: 10px; }
  .loops, .elsewhere, mark { print-color-adjust: exact; }
  form { display: none; }
  thead { display: table-header-group; }
  tr, figure { break-inside: avoid; }
}
`;
