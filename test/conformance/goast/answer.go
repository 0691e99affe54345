package main

import (
	"go/ast"
	"strings"
)

// answer finds the node that a message is about.
func (f *file) answer(r Request) Answer {
	if r.Line < 1 || r.Line > f.tokens.LineCount() {
		return Answer{}
	}
	offset := f.tokens.Offset(f.tokens.LineStart(r.Line)) + r.Column - 1
	places := f.nodes[offset]
	for _, p := range places {
		if _, ok := p.node.(*ast.FuncDecl); ok {
			return f.found(p.node, "declaration")
		}
	}
	for _, p := range places {
		if answer := f.judge(p, r); answer.Kind != "" {
			return answer
		}
	}
	return Answer{}
}

func (f *file) judge(p *place, r Request) Answer {
	if r.Kind == "moved" {
		return f.variable(p, r.Text)
	}
	if around := conversionAround(p); around != nil && renders(r.Text, around) {
		if own, ok := p.node.(*ast.CallExpr); !ok || !renders(r.Text, own) || nested(r.Text, around) {
			return f.found(around, "conversion")
		}
	}
	switch n := p.node.(type) {
	case *ast.CallExpr:
		if strings.HasPrefix(r.Text, ".autotmp_") && len(n.Args) == 1 {
			// f(g()): the temporaries hold what g returns.
			if results, ok := n.Args[0].(*ast.CallExpr); ok {
				return f.found(results, "expression")
			}
		}
		return f.found(n, callKind(n, r.Text))
	case *ast.CompositeLit, *ast.FuncLit:
		return f.found(n, "literal")
	case *ast.UnaryExpr:
		if strings.HasPrefix(r.Text, "&") {
			return f.found(n, "literal")
		}
		return f.found(n, "expression")
	case *ast.GoStmt, *ast.DeferStmt, *ast.RangeStmt:
		return f.found(n, "statement")
	case *ast.ReturnStmt:
		return f.single(n.Results)
	case *ast.AssignStmt:
		return f.single(n.Rhs)
	case ast.Expr:
		return f.found(n, "expression")
	}
	return Answer{}
}

// variable is the answer to "moved to heap".
func (f *file) variable(p *place, name string) Answer {
	switch n := p.node.(type) {
	case *ast.Ident:
		if n.Name == name || strings.HasSuffix(name, "."+n.Name) {
			return f.found(n, "variable")
		}
	case *ast.CaseClause:
		if len(n.List) > 0 {
			return f.found(n.List[len(n.List)-1], "variable")
		}
		return Answer{f.tokens.Offset(n.Case), f.tokens.Offset(n.Case) + len("default"), "variable"}
	case *ast.CallExpr:
		if fun, ok := n.Fun.(*ast.Ident); ok && fun.Name == "new" {
			return f.found(n, "new")
		}
		return f.found(n, "expression")
	case *ast.RangeStmt:
		return f.found(n, "statement")
	}
	return Answer{}
}

// single is the one call whose results a statement takes.
func (f *file) single(values []ast.Expr) Answer {
	if len(values) != 1 {
		return Answer{}
	}
	return f.found(values[0], "expression")
}

func (f *file) found(n ast.Node, kind string) Answer {
	return Answer{f.tokens.Offset(n.Pos()), f.tokens.Offset(n.End()), kind}
}

func callKind(call *ast.CallExpr, text string) string {
	if name, ok := call.Fun.(*ast.Ident); ok && strings.HasPrefix(text, name.Name) {
		switch name.Name {
		case "new", "make":
			return name.Name
		case "append":
			// With its arguments it is an append that is put in an interface.
			if text == name.Name {
				return name.Name
			}
		}
	}
	return "expression"
}

// conversionAround returns the call that has the expression as its only argument.
func conversionAround(p *place) *ast.CallExpr {
	argument, ok := p.node.(ast.Expr)
	if !ok {
		return nil
	}
	around := p.parent
	for ; around != nil; around = around.parent {
		paren, ok := around.node.(*ast.ParenExpr)
		if !ok {
			break
		}
		argument = paren
	}
	if around == nil {
		return nil
	}
	call, ok := around.node.(*ast.CallExpr)
	if !ok || len(call.Args) != 1 || call.Args[0] != argument {
		return nil
	}
	return call
}

// renders says whether a text that the compiler printed is an application of what the call applies.
func renders(text string, call *ast.CallExpr) bool {
	return strings.HasPrefix(withoutQualifiers(text), applied(call.Fun)+"(")
}

// nested says whether the text applies the same type twice, as T(T(x)) does.
func nested(text string, call *ast.CallExpr) bool {
	head := applied(call.Fun) + "("
	rest := strings.TrimPrefix(withoutQualifiers(text), head)
	return strings.HasPrefix(rest, head)
}

// applied is how the compiler prints a type or function in front of its operand, without its package.
func applied(fun ast.Expr) string {
	switch e := fun.(type) {
	case *ast.Ident:
		return e.Name
	case *ast.SelectorExpr:
		return e.Sel.Name
	case *ast.ParenExpr:
		return applied(e.X)
	case *ast.ArrayType:
		if e.Len == nil {
			return "([]" + applied(e.Elt) + ")"
		}
	case *ast.InterfaceType:
		return "(interface {})"
	}
	return "?"
}

func withoutQualifiers(text string) string {
	open := strings.IndexByte(text, '(')
	if open == 0 {
		return text
	}
	if open < 0 {
		open = len(text)
	}
	return text[strings.LastIndexByte(text[:open], '.')+1:]
}
