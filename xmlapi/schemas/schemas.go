// Package schemas holds the W3C XML Schemas of the request and response
// packets of the XML API.
package schemas

import "embed"

// FS holds every schema file under its own name. packet_request.xsd and
// packet_response.xsd declare the root element and include the others.
//
//go:embed *.xsd
var FS embed.FS
