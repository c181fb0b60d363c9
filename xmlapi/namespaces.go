package xmlapi

import (
	"slices"
	"strings"
)

const xmlNamespace = "http://www.w3.org/XML/1998/namespace"

// schemaHints are attributes that any element may carry (XML Schema 1, 2.6.3).
var schemaHints = []string{
	"{http://www.w3.org/2001/XMLSchema-instance}schemaLocation",
	"{http://www.w3.org/2001/XMLSchema-instance}noNamespaceSchemaLocation",
}

// resolve takes the namespace declarations out of a tag's attributes.
func (r *Reader) resolve() bool {
	kept := r.tag.attrs[:0]
	for _, a := range r.tag.attrs {
		switch prefix, isPrefix := strings.CutPrefix(a.name, "xmlns:"); {
		case a.name == "xmlns":
			r.tag.namespace = a.value
		case isPrefix:
			r.tag.bindings = append(r.tag.bindings, binding{prefix, a.value})
		default:
			kept = append(kept, a)
		}
	}
	r.tag.attrs = kept
	return true
}

// expand returns a name as libxml2 prints it: with its namespace in braces.
func (r *Reader) expand(name, defaultNamespace string) string {
	prefix, local, ok := strings.Cut(name, ":")
	if !ok {
		if defaultNamespace != "" {
			return "{" + defaultNamespace + "}" + name
		}
		return name
	}
	if uri := r.lookup(prefix); uri != "" {
		return "{" + uri + "}" + local
	}
	return name
}

func (r *Reader) lookup(prefix string) string {
	if prefix == "xml" {
		return xmlNamespace
	}
	for _, bindings := range [][]binding{r.tag.bindings, r.bindings} {
		for i := len(bindings) - 1; i >= 0; i-- {
			if bindings[i].prefix == prefix {
				return bindings[i].uri
			}
		}
	}
	return ""
}

// checkAttributes allows the attributes named, and those of schema instances.
func (r *Reader) checkAttributes(element string, allowed ...string) {
	for _, a := range r.tag.attrs {
		name := r.expand(a.name, "")
		if slices.Contains(allowed, a.name) || slices.Contains(schemaHints, name) {
			continue
		}
		r.violate(r.offset()+int64(r.tag.size), "Element '%s', attribute '%s': The attribute '%s' is not allowed.", element, name, name)
		return
	}
}
