package ledger

import (
	"context"
	"slices"
)

// Locale is a language that an account may have.
type Locale struct {
	ID       string // such as en-US
	Language string // in English
	Country  string // in English
	Users    int    // the accounts that have it and that the caller may see
	Enabled  bool
}

// defaultLocale is always there, and what the server itself speaks.
const defaultLocale = "en-US"

// locales are the languages that Plesk is known to have.
var locales = []Locale{
	{ID: "ar", Language: "Arabic"},
	{ID: "ca-ES", Language: "Catalan", Country: "Spain"},
	{ID: "cs-CZ", Language: "Czech", Country: "Czechia"},
	{ID: "da-DK", Language: "Danish", Country: "Denmark"},
	{ID: "de-DE", Language: "German", Country: "Germany"},
	{ID: "el-GR", Language: "Greek", Country: "Greece"},
	{ID: defaultLocale, Language: "English", Country: "United States"},
	{ID: "es-ES", Language: "Spanish", Country: "Spain"},
	{ID: "fi-FI", Language: "Finnish", Country: "Finland"},
	{ID: "fr-FR", Language: "French", Country: "France"},
	{ID: "he-IL", Language: "Hebrew", Country: "Israel"},
	{ID: "hu-HU", Language: "Hungarian", Country: "Hungary"},
	{ID: "id-ID", Language: "Indonesian", Country: "Indonesia"},
	{ID: "it-IT", Language: "Italian", Country: "Italy"},
	{ID: "ja-JP", Language: "Japanese", Country: "Japan"},
	{ID: "ko-KR", Language: "Korean", Country: "South Korea"},
	{ID: "ms-MY", Language: "Malay", Country: "Malaysia"},
	{ID: "nb-NO", Language: "Norwegian Bokmål", Country: "Norway"},
	{ID: "nl-NL", Language: "Dutch", Country: "Netherlands"},
	{ID: "pl-PL", Language: "Polish", Country: "Poland"},
	{ID: "pt-BR", Language: "Portuguese", Country: "Brazil"},
	{ID: "pt-PT", Language: "Portuguese", Country: "Portugal"},
	{ID: "ro-RO", Language: "Romanian", Country: "Romania"},
	{ID: "ru-RU", Language: "Russian", Country: "Russia"},
	{ID: "sv-SE", Language: "Swedish", Country: "Sweden"},
	{ID: "th-TH", Language: "Thai", Country: "Thailand"},
	{ID: "tl-PH", Language: "Filipino", Country: "Philippines"},
	{ID: "tr-TR", Language: "Turkish", Country: "Türkiye"},
	{ID: "uk-UA", Language: "Ukrainian", Country: "Ukraine"},
	{ID: "vi-VN", Language: "Vietnamese", Country: "Vietnam"},
	{ID: "zh-CN", Language: "Chinese", Country: "China"},
	{ID: "zh-TW", Language: "Chinese", Country: "Taiwan"},
}

// LocaleName returns what people call the locale with an id, in English, or the
// id of one that is not known.
func LocaleName(id string) string {
	for _, l := range locales {
		switch {
		case l.ID != id:
		case l.Country == "":
			return l.Language
		default:
			return l.Language + " (" + l.Country + ")"
		}
	}
	return id
}

const disabledLocales = "disabled_locales"

// FindLocales returns the locales with the ids, all when there are none.
func (l *Ledger) FindLocales(ctx context.Context, who Identity, ids []string) ([]Named[Locale], error) {
	disabled, err := meta[[]string](ctx, l.store, disabledLocales)
	if err != nil {
		return nil, err
	}
	users, err := l.store.LocaleUsers(ctx, who.Scope())
	if err != nil {
		return nil, err
	}
	all := slices.Clone(locales)
	for i := range all {
		all[i].Users, all[i].Enabled = users[all[i].ID], !slices.Contains(disabled, all[i].ID)
	}
	return named(all, ids, func(locale *Locale) string { return locale.ID }, errNoLocale), nil
}

// EnabledLocales returns the ids of the locales that accounts may choose.
func (l *Ledger) EnabledLocales(ctx context.Context) (ids []string, err error) {
	disabled, err := meta[[]string](ctx, l.store, disabledLocales)
	for i := range locales {
		if !slices.Contains(disabled, locales[i].ID) {
			ids = append(ids, locales[i].ID)
		}
	}
	return ids, err
}

// EnableLocale lets accounts choose a locale that FindLocales returned, or no
// longer. Accounts that have it keep it.
//
// Errors: ErrPermission for anyone but the administrator, ErrFailed for the
// default locale, which stays enabled.
func (l *Ledger) EnableLocale(ctx context.Context, who Identity, id string, enabled bool) error {
	if who.Role != RoleAdmin {
		return errPermission
	}
	if id == defaultLocale && !enabled {
		return Errorf(ErrFailed, "The locale %s is the default one and cannot be disabled.", defaultLocale)
	}
	return l.setOff(l.causedBy(ctx, who), disabledLocales, id, !enabled)
}

// WhyNoMessage tells why there is no text for a key in a locale: the server has
// no texts but those of its errors.
//
// Errors: ErrNotFound, always.
func WhyNoMessage(locale string) error {
	if !isLocale(locale) {
		return errNoLocale
	}
	return Errorf(ErrNotFound, "Key does not exist")
}

func isLocale(id string) bool {
	return slices.ContainsFunc(locales, func(locale Locale) bool { return locale.ID == id })
}

// checkLocale tells why a locale that an element names cannot be chosen, or
// nil. An empty one is none.
func (l *Ledger) checkLocale(ctx context.Context, element, id string) error {
	if id == "" {
		return nil
	}
	isEnabled, err := l.isEnabledLocale(ctx, id)
	if err == nil && !isEnabled {
		err = Errorf(ErrInvalid, "%s: %q is not an enabled locale of this server.", element, id)
	}
	return err
}

func (l *Ledger) isEnabledLocale(ctx context.Context, id string) (bool, error) {
	disabled, err := meta[[]string](ctx, l.store, disabledLocales)
	return err == nil && isLocale(id) && !slices.Contains(disabled, id), err
}

var errNoLocale = Errorf(ErrNotFound, "Locale does not exist")
