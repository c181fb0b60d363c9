package human_test

import (
	"strings"
	"testing"
	"time"

	"github.com/hostledger/hostledger/hostledgertest"
	"github.com/hostledger/hostledger/internal/panel/human"
	"github.com/hostledger/hostledger/ledger"
)

// shown is what people see of a text: any space is a space, and marks of
// direction are nothing.
func shown(s string) string {
	return strings.NewReplacer(
		"\u00a0", " ", "\u202f", " ",
		"\u2067", "", "\u2069", "", "\u200e", "", "\u200f", "", "\u061c", "",
	).Replace(s)
}

func reader(locale string) human.Reader { return human.NewReader(locale, time.UTC) }

func date(t *testing.T, text string) ledger.Date {
	t.Helper()
	d, err := ledger.ParseDate(text)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func check(t *testing.T, what, got, want string) {
	t.Helper()
	if got != want {
		t.Errorf("%s: %q, want %q", what, got, want)
	}
}

// written is how one date and one sum are written in a locale.
var written = []struct{ locale, date, short, month, money, percent string }{
	{"ar", "22 ديسمبر 2026", "22 ديسمبر", "ديسمبر 2026", "1,234.50 €", "87%"},
	{"ca-ES", "22 de desembre de 2026", "22 de des.", "desembre de 2026", "1.234,50 €", "87%"},
	{"cs-CZ", "22. prosince 2026", "22. 12.", "prosinec 2026", "1 234,50 €", "87 %"},
	{"da-DK", "22. december 2026", "22. dec.", "december 2026", "1.234,50 €", "87 %"},
	{"de-DE", "22. Dezember 2026", "22. Dez.", "Dezember 2026", "1.234,50 €", "87 %"},
	{"el-GR", "22 Δεκεμβρίου 2026", "22 Δεκ", "Δεκέμβριος 2026", "1.234,50 €", "87%"},
	{"en-US", "December 22, 2026", "Dec 22", "December 2026", "€1,234.50", "87%"},
	{"es-ES", "22 de diciembre de 2026", "22 dic.", "diciembre de 2026", "1.234,50 €", "87 %"},
	{"fi-FI", "22. joulukuuta 2026", "22. jouluk.", "joulukuu 2026", "1 234,50 €", "87 %"},
	{"fr-FR", "22 décembre 2026", "22 déc.", "décembre 2026", "1 234,50 €", "87 %"},
	{"he-IL", "22 בדצמבר 2026", "22 בדצמ׳", "דצמבר 2026", "1,234.50 €", "87%"},
	{"hu-HU", "2026. december 22.", "dec. 22.", "2026. december", "1 234,50 EUR", "87%"},
	{"id-ID", "22 Desember 2026", "22 Des", "Desember 2026", "€1.234,50", "87%"},
	{"it-IT", "22 dicembre 2026", "22 dic", "dicembre 2026", "1.234,50 €", "87%"},
	{"ja-JP", "2026年12月22日", "12月22日", "2026年12月", "€1,234.50", "87%"},
	{"ko-KR", "2026년 12월 22일", "12월 22일", "2026년 12월", "€1,234.50", "87%"},
	{"ms-MY", "22 Disember 2026", "22 Dis", "Disember 2026", "€1,234.50", "87%"},
	{"nb-NO", "22. desember 2026", "22. des.", "desember 2026", "1 234,50 €", "87 %"},
	{"nl-NL", "22 december 2026", "22 dec.", "december 2026", "€ 1.234,50", "87%"},
	{"pl-PL", "22 grudnia 2026", "22 gru", "grudzień 2026", "1 234,50 €", "87%"},
	{"pt-BR", "22 de dezembro de 2026", "22 de dez.", "dezembro de 2026", "€ 1.234,50", "87%"},
	{"pt-PT", "22 de dezembro de 2026", "22 de dez.", "dezembro de 2026", "1 234,50 €", "87%"},
	{"ro-RO", "22 decembrie 2026", "22 dec.", "decembrie 2026", "1.234,50 EUR", "87 %"},
	{"ru-RU", "22 декабря 2026 г.", "22 дек.", "декабрь 2026 г.", "1 234,50 €", "87 %"},
	{"sv-SE", "22 december 2026", "22 dec.", "december 2026", "1 234,50 €", "87 %"},
	{"th-TH", "22 ธันวาคม ค.ศ. 2026", "22 ธ.ค.", "ธันวาคม ค.ศ. 2026", "€1,234.50", "87%"},
	{"tl-PH", "Disyembre 22, 2026", "Dis 22", "Disyembre 2026", "€1,234.50", "87%"},
	{"tr-TR", "22 Aralık 2026", "22 Ara", "Aralık 2026", "€1.234,50", "%87"},
	{"uk-UA", "22 грудня 2026 р.", "22 груд.", "грудень 2026 р.", "1 234,50 EUR", "87%"},
	{"vi-VN", "22 tháng 12, 2026", "22 thg 12", "tháng 12 năm 2026", "1.234,50 €", "87%"},
	{"zh-CN", "2026年12月22日", "12月22日", "2026年12月", "€1,234.50", "87%"},
	{"zh-TW", "2026年12月22日", "12月22日", "2026年12月", "€1,234.50", "87%"},
	{"en-GB", "22 December 2026", "22 Dec", "December 2026", "€1,234.50", "87%"},
}

func TestEveryLocale(t *testing.T) {
	d := date(t, "2026-12-22")
	for _, w := range written {
		r := reader(w.locale)
		check(t, "locale", r.Locale(), w.locale)
		check(t, w.locale+" date", shown(r.Date(d)), w.date)
		check(t, w.locale+" short date", shown(r.ShortDate(d)), w.short)
		check(t, w.locale+" month", shown(r.Month(d)), w.month)
		check(t, w.locale+" money", shown(r.Money(ledger.Money{Currency: "EUR", Sum: "1234.50"})), w.money)
		check(t, w.locale+" percent", shown(r.Percent(87, 100)), w.percent)
	}
}

func TestLocalesAreThoseOfTheLedger(t *testing.T) {
	locales, err := hostledgertest.New(t).Ledger.FindLocales(t.Context(), ledger.Identity{Role: ledger.RoleAdmin}, nil)
	if err != nil {
		t.Fatal(err)
	}
	const ofBrowsers = 1 // en-GB
	if len(locales)+ofBrowsers != len(written) {
		t.Errorf("the ledger has %d locales, the tests know %d", len(locales), len(written)-ofBrowsers)
	}
	for _, locale := range locales {
		check(t, "locale", reader(locale.Object.ID).Locale(), locale.Object.ID)
	}
}

func TestUnknownLocale(t *testing.T) {
	for _, locale := range []string{"", "xx-XX", "de", "../de"} {
		check(t, "locale", reader(locale).Locale(), "en-US")
	}
}

// Text that is read from the right stands within the panel's English text.
func TestRightToLeft(t *testing.T) {
	d, price := date(t, "2026-12-22"), ledger.Money{Currency: "ILS", Sum: "10.00"}
	for _, locale := range []string{"ar", "he-IL"} {
		r := reader(locale)
		for _, text := range []string{r.Date(d), r.ShortDate(d), r.Month(d), r.Money(price)} {
			if !strings.HasPrefix(text, "\u2067") || !strings.HasSuffix(text, "\u2069") {
				t.Errorf("%s: %q is not isolated", locale, text)
			}
		}
	}
	check(t, "German", reader("de-DE").ShortDate(d), "22. Dez.")
}
