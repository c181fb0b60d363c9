package panel

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"strings"
	"time"
)

//go:embed assets
var assetFiles embed.FS

const assetsPath = "/assets/"

// assets serves the files that pages load. Their addresses change with their
// content, so that browsers may keep them for ever.
type assets struct {
	files map[string]asset // by path without assetsPath
}

type asset struct {
	content, zipped []byte
	contentType     string
	version         string
}

func newAssets() *assets {
	a := &assets{files: map[string]asset{}}
	root, err := fs.Sub(assetFiles, "assets")
	must(err)
	must(fs.WalkDir(root, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		content, err := fs.ReadFile(root, name)
		if err != nil {
			return err
		}
		sum := sha256.Sum256(content)
		a.files[name] = asset{
			content: content, zipped: zip(content), version: hex.EncodeToString(sum[:6]),
			contentType: mime.TypeByExtension(path.Ext(name)),
		}
		return nil
	}))
	return a
}

// must panics about what can only be wrong in the program itself.
func must(err error) {
	if err != nil {
		panic(err)
	}
}

func zip(content []byte) []byte {
	var zipped bytes.Buffer
	w, err := gzip.NewWriterLevel(&zipped, gzip.BestCompression)
	must(err)
	_, err = w.Write(content)
	must(err)
	must(w.Close())
	return zipped.Bytes()
}

// url returns the address of a file.
func (a *assets) url(name string) string {
	return assetsPath + name + "?v=" + a.files[name].version
}

func (a *assets) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	file, ok := a.files[strings.TrimPrefix(r.URL.Path, assetsPath)]
	if !ok {
		http.NotFound(w, r)
		return
	}
	h := w.Header()
	h.Set("Content-Type", file.contentType)
	h.Set("Cache-Control", "public, max-age=31536000, immutable")
	h.Set("Vary", "Accept-Encoding")
	content := file.content
	if strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
		h.Set("Content-Encoding", "gzip")
		content = file.zipped
	}
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(content))
}
