package main

import (
	"encoding/xml"
	"errors"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/hostledger/hostledger/xmlapi"
)

const (
	goldenDir      = "xmlapi/testdata/golden"
	requestSuffix  = ".request.xml"
	responseSuffix = ".response.xml"
)

// recorded is a packet with its answer, as the tests of an operation post it.
type recorded struct {
	name              string // in words
	login             string // of who posted it; empty: the administrator
	request, response string
}

// recordings returns those of an operation, in order.
func recordings(root fs.FS, o *xmlapi.Operation) (all []recorded, err error) {
	requests, err := fs.Glob(root, goldenFolder(o)+"/*"+requestSuffix)
	if err != nil {
		return nil, err
	}
	for _, file := range requests {
		file = strings.TrimSuffix(file, requestSuffix)
		request, requestErr := fs.ReadFile(root, file+requestSuffix)
		response, responseErr := fs.ReadFile(root, file+responseSuffix)
		if err := errors.Join(requestErr, responseErr); err != nil {
			return nil, err
		}
		r := recorded{request: string(request), response: string(response)}
		r.name, r.login, _ = strings.Cut(path.Base(file), "@")
		_, r.name, _ = strings.Cut(r.name, "_")
		r.name = strings.ReplaceAll(r.name, "_", " ")
		all = append(all, r)
	}
	return all, nil
}

func goldenFolder(o *xmlapi.Operation) string { return goldenDir + "/" + o.Operator + "_" + o.Name }

// packet reads of an answer why it was refused as a whole, if it was.
type packet struct {
	System result `xml:"system"`
}

// answer reads the answer to one operation.
type answer struct {
	Results []result `xml:"result"`
}

type result struct {
	Status  string     `xml:"status"`
	Code    string     `xml:"errcode"`
	Text    string     `xml:"errtext"`
	Details []struct{} `xml:",any"`
}

// answers returns the answers to an operation, each also as it is written.
func (r recorded) answers(o *xmlapi.Operation) (all []answer, written []string, err error) {
	written, err = nodes(r.response, o)
	all = make([]answer, len(written))
	for i, text := range written {
		err = errors.Join(err, xml.Unmarshal([]byte(text), &all[i]))
	}
	return all, written, err
}

// nodes returns the elements of an operation in a packet, as they are written.
func nodes(document string, o *xmlapi.Operation) (all []string, err error) {
	d := xml.NewDecoder(strings.NewReader(document))
	var open []string
	for begin := int64(0); ; {
		offset := d.InputOffset()
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return all, nil
		}
		if err != nil {
			return nil, err
		}
		switch token := token.(type) {
		case xml.StartElement:
			open = append(open, token.Name.Local)
			if len(open) == 3 {
				begin = offset
			}
		case xml.EndElement:
			if slices.Equal(open, []string{"packet", o.Operator, o.Name}) {
				all = append(all, document[begin:d.InputOffset()])
			}
			open = open[:len(open)-1]
		}
	}
}
