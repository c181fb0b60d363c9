package collect_test

import (
	"os"
	"reflect"
	"strings"
	"testing"

	"github.com/hostledger/hostledger/internal/collect"
)

// TestExampleConfiguration loads the example of the documentation, which is to
// have every setting.
func TestExampleConfiguration(t *testing.T) {
	const path = "../../docs/collect.toml"
	if _, err := collect.LoadConfig(path); err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for _, settings := range []reflect.Type{reflect.TypeFor[collect.Source](), reflect.TypeFor[collect.TargetConfig]()} {
		for i := range settings.NumField() {
			name := settings.Field(i).Tag.Get("toml")
			if !strings.Contains(string(text), name+" = ") {
				t.Errorf("%s has no %s", path, name)
			}
		}
	}
}
