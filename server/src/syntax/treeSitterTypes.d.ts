/* eslint @typescript-eslint/triple-slash-reference: "off", no-restricted-imports: "off" -- The package's types declare
   a module of its original name only; here it gets the name that it is installed under. */
/// <reference path="../../../node_modules/tree-sitter/web-tree-sitter.d.ts" />
declare module "tree-sitter" {
  export * from "web-tree-sitter";
}
