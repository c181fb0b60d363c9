package ledger

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"slices"
)

// meta reads a value of the installation that is kept as JSON; it is zero
// before it was first kept.
func meta[T any](ctx context.Context, store Store, name string) (value T, err error) {
	text, err := store.Meta(ctx, name)
	if err != nil {
		return value, err
	}
	return parseMeta[T](name, text)
}

func parseMeta[T any](name, text string) (value T, err error) {
	if text == "" {
		return value, nil
	}
	if err := json.Unmarshal([]byte(text), &value); err != nil {
		return value, fmt.Errorf("reading %q of the installation: %w", name, err)
	}
	return value, nil
}

// updateMeta changes a value of the installation that is kept as JSON. Of one
// that stays what it was the text stays, too.
func updateMeta[T any](ctx context.Context, store Store, name string, change func(*T)) error {
	return store.UpdateMeta(ctx, name, func(text string) (string, error) {
		value, err := parseMeta[T](name, text)
		if err != nil {
			return "", err
		}
		before, err := json.Marshal(value)
		if err != nil {
			return "", err
		}
		change(&value)
		after, err := json.Marshal(value)
		if bytes.Equal(before, after) {
			return text, err
		}
		return string(after), err
	})
}

// setOff keeps whether something is switched off in the list of such things
// that has a name.
func (l *Ledger) setOff(ctx context.Context, list, id string, off bool) error {
	return updateMeta(ctx, l.store, list, func(ids *[]string) {
		switch isOff := slices.Contains(*ids, id); {
		case off && !isOff:
			*ids = append(*ids, id)
		case isOff && !off:
			*ids = slices.DeleteFunc(*ids, func(have string) bool { return have == id })
		}
	})
}
