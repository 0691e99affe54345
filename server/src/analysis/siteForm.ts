import type { NodeForm } from "../syntax/anchors.js";
import type { SiteForm } from "./site.js";

const forms: Readonly<Record<NodeForm, SiteForm>> = {
  variable: "variable",
  "package-variable": "variable",
  parameter: "parameter",
  receiver: "parameter",
  result: "result",
  "range-variable": "variable",
  "type-switch-variable": "variable",
  "select-variable": "variable",
  "address-of-literal": "address-of-literal",
  "elided-address-of-literal": "address-of-literal",
  "composite-literal": "composite-literal",
  new: "new",
  "make-slice": "make",
  "make-map": "make",
  "make-chan": "make",
  make: "make",
  append: "append",
  "variadic-slice": "variadic-slice",
  "func-literal": "func-literal",
  "go-wrapper": "go-wrapper",
  "defer-wrapper": "defer-wrapper",
  "range-func-body": "range-func-body",
  "method-value": "method-value",
  selector: "boxed",
  conversion: "conversion",
  boxed: "boxed",
  concatenation: "concatenation",
  addition: "concatenation",
  "inlined-call": "inlined-call",
  declaration: "other",
  line: "other",
};

/** What a node is for the words and the reasons, which need fewer kinds than the syntax tells apart. */
export function siteForm(nodeForm: NodeForm): SiteForm {
  return forms[nodeForm];
}
