package main

import (
	"go/ast"
	"go/parser"
	"go/scanner"
	"go/token"
	"os"
	"sort"
)

// A place is a node with what stands around it.
type place struct {
	node   ast.Node
	parent *place
}

// A file has its nodes by the byte offset that the compiler gives as their position.
type file struct {
	tokens *token.File
	source []byte
	nodes  map[int][]*place
	dots   []token.Pos
}

func readFile(name string) (*file, error) {
	source, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	set := token.NewFileSet()
	syntax, err := parser.ParseFile(set, name, source, parser.SkipObjectResolution|parser.ParseComments)
	if err != nil {
		return nil, err
	}
	f := &file{tokens: set.File(syntax.Pos()), source: source, nodes: map[int][]*place{}}
	f.dots = dotsOf(source, f.tokens)
	var around *place
	ast.Inspect(syntax, func(node ast.Node) bool {
		if node == nil {
			around = around.parent
			return true
		}
		around = &place{node, around}
		for _, pos := range f.positions(around) {
			offset := f.tokens.Offset(pos)
			f.nodes[offset] = append(f.nodes[offset], around)
		}
		return true
	})
	return f, nil
}

// dotsOf returns the places of all periods, which the syntax tree does not record.
func dotsOf(source []byte, original *token.File) []token.Pos {
	var dots []token.Pos
	var s scanner.Scanner
	copied := token.NewFileSet().AddFile("", -1, len(source))
	s.Init(copied, source, nil, 0)
	for {
		pos, tok, _ := s.Scan()
		if tok == token.EOF {
			return dots
		}
		if tok == token.PERIOD {
			dots = append(dots, original.Pos(copied.Offset(pos)))
		}
	}
}

// dotBefore returns the last period before a place.
func (f *file) dotBefore(pos token.Pos) token.Pos {
	i := sort.Search(len(f.dots), func(i int) bool { return f.dots[i] >= pos })
	if i == 0 {
		return pos
	}
	return f.dots[i-1]
}

// positions says where the compiler places a node (cmd/compile/internal/syntax/parser.go: nodes with an operand on
// their left have the position of the token behind it).
func (f *file) positions(p *place) []token.Pos {
	switch n := p.node.(type) {
	case *ast.CallExpr:
		return []token.Pos{n.Lparen}
	case *ast.CompositeLit:
		return []token.Pos{n.Lbrace}
	case *ast.SelectorExpr:
		return []token.Pos{f.dotBefore(n.Sel.Pos())}
	case *ast.TypeAssertExpr:
		return []token.Pos{f.dotBefore(n.Lparen)}
	case *ast.IndexExpr:
		return []token.Pos{n.Lbrack}
	case *ast.IndexListExpr:
		return []token.Pos{n.Lbrack}
	case *ast.SliceExpr:
		return []token.Pos{n.Lbrack}
	case *ast.BinaryExpr:
		return []token.Pos{n.OpPos}
	case *ast.UnaryExpr, *ast.StarExpr, *ast.ParenExpr, *ast.BasicLit, *ast.Ident:
		return []token.Pos{n.Pos()}
	case *ast.FuncLit, *ast.GoStmt, *ast.DeferStmt, *ast.ReturnStmt, *ast.RangeStmt:
		return []token.Pos{n.Pos()}
	case *ast.AssignStmt:
		return []token.Pos{n.TokPos}
	case *ast.CaseClause:
		return []token.Pos{variableOf(n)}
	case *ast.FuncDecl:
		if n.Recv != nil {
			return []token.Pos{n.Recv.Opening, n.Name.Pos()}
		}
		return []token.Pos{n.Name.Pos()}
	}
	return nil
}

// variableOf is the position of the variable that a type switch's clause declares: where the innermost part of its last
// type begins (cmd/compile/internal/noder/writer.go, typeExprEndPos), or the keyword.
func variableOf(clause *ast.CaseClause) token.Pos {
	if len(clause.List) == 0 {
		return clause.Case
	}
	return typeEnd(clause.List[len(clause.List)-1])
}

func typeEnd(expr ast.Expr) token.Pos {
	switch e := expr.(type) {
	case *ast.StarExpr:
		return typeEnd(e.X)
	case *ast.ArrayType:
		return typeEnd(e.Elt)
	case *ast.MapType:
		return typeEnd(e.Value)
	case *ast.ChanType:
		return typeEnd(e.Value)
	case *ast.ParenExpr:
		return typeEnd(e.X)
	case *ast.IndexExpr:
		return typeEnd(e.Index)
	case *ast.IndexListExpr:
		return typeEnd(e.Indices[len(e.Indices)-1])
	}
	return expr.Pos()
}
