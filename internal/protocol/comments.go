package protocol

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/hostledger/hostledger/xmlapi"
)

// comments are those of package xmlapi that documentation shows.
type comments struct {
	variables map[string]string // by the variable's name in small letters
	codes     []Code            // in their order
}

func readComments(root fs.FS) (*comments, error) {
	files, err := fs.Glob(root, "xmlapi/*.go")
	if err != nil {
		return nil, err
	}
	c := &comments{variables: map[string]string{}}
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		if err := c.read(root, file); err != nil {
			return nil, err
		}
	}
	slices.SortFunc(c.codes, func(a, b Code) int { return a.Number - b.Number })
	return c, nil
}

func (c *comments) read(root fs.FS, file string) error {
	content, err := fs.ReadFile(root, file)
	if err != nil {
		return err
	}
	parsed, err := parser.ParseFile(token.NewFileSet(), file, content, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		return err
	}
	for _, d := range parsed.Decls {
		declaration, ok := d.(*ast.GenDecl)
		if !ok {
			continue
		}
		for _, spec := range declaration.Specs {
			value, ok := spec.(*ast.ValueSpec)
			switch {
			case !ok:
			case declaration.Tok == token.VAR && declaration.Doc != nil:
				c.variables[strings.ToLower(value.Names[0].Name)] = declaration.Doc.Text()
			case isCode(value):
				if value.Comment == nil {
					return fmt.Errorf("%s: say behind %s what it means", path.Base(file), value.Names[0].Name)
				}
				number, err := strconv.Atoi(value.Values[0].(*ast.BasicLit).Value)
				if err != nil {
					return fmt.Errorf("%s: %w", path.Base(file), err)
				}
				c.codes = append(c.codes, Code{value.Names[0].Name, number, strings.TrimSpace(value.Comment.Text())})
			}
		}
	}
	return nil
}

// isCode tells whether a declaration is that of an error code.
func isCode(value *ast.ValueSpec) bool {
	typ, ok := value.Type.(*ast.Ident)
	return ok && typ.Name == "Code" && len(value.Values) == 1
}

// of returns what the comment above an operation's variable says behind the
// variable's name, and the address that it ends in.
func (c *comments) of(o *xmlapi.Operation) (text, address string, err error) {
	variable := strings.ToLower(strings.NewReplacer("-", "", "_", "").Replace(o.Operator + o.Name))
	name, text, _ := strings.Cut(strings.TrimSpace(c.variables[variable]), " ")
	if strings.ToLower(name) != variable {
		return "", "", fmt.Errorf("xmlapi: no variable %s has a comment that begins with its name (in whatever letters)", variable)
	}
	if last := strings.LastIndexAny(text, " \n") + 1; strings.HasPrefix(text[last:], "https://") {
		text, address = strings.TrimSpace(text[:last]), text[last:]
	}
	return text, address, nil
}
