package human

import (
	"sync"

	"github.com/go-playground/locales"
	"github.com/go-playground/locales/ar"
	"github.com/go-playground/locales/ca"
	"github.com/go-playground/locales/cs"
	"github.com/go-playground/locales/da"
	"github.com/go-playground/locales/de"
	"github.com/go-playground/locales/el"
	"github.com/go-playground/locales/en"
	"github.com/go-playground/locales/en_GB"
	"github.com/go-playground/locales/es"
	"github.com/go-playground/locales/fi"
	"github.com/go-playground/locales/fil"
	"github.com/go-playground/locales/fr"
	"github.com/go-playground/locales/he"
	"github.com/go-playground/locales/hu"
	"github.com/go-playground/locales/id"
	"github.com/go-playground/locales/it"
	"github.com/go-playground/locales/ja"
	"github.com/go-playground/locales/ko"
	"github.com/go-playground/locales/ms"
	"github.com/go-playground/locales/nb"
	"github.com/go-playground/locales/nl"
	"github.com/go-playground/locales/pl"
	"github.com/go-playground/locales/pt"
	"github.com/go-playground/locales/pt_PT"
	"github.com/go-playground/locales/ro"
	"github.com/go-playground/locales/ru"
	"github.com/go-playground/locales/sv"
	"github.com/go-playground/locales/th"
	"github.com/go-playground/locales/tr"
	"github.com/go-playground/locales/uk"
	"github.com/go-playground/locales/vi"
	"github.com/go-playground/locales/zh"
	"github.com/go-playground/locales/zh_Hant"
)

// fallback is the locale of whoever has none that is known.
const fallback = "en-US"

// style is how people with one locale write things. The library knows long
// dates and the names of months in them; x/text knows separators, percentages
// and symbols of currencies; the rest stands here.
//
// In the patterns {d} is the day, {m} the month's name, {n} its number and {y}
// the year; ¤ is the currency and # the sum.
type style struct {
	dates       func() locales.Translator
	shortDate   string // with the short name of the month
	month       string // with the long name of the month
	money       string
	monthsAlone string // names of months without a day, where they differ
	rightToLeft bool
}

const (
	before       = "¤#"
	beforeSpaced = "¤\u00a0#"
	after        = "#\u00a0¤"
)

// styles are by the locales that accounts may have, and en-GB, which browsers
// ask for. The library's packages are
// those of languages, because those of countries lack what they inherit.
var styles = map[string]style{
	"ar":    {dates: once(ar.New), shortDate: "{d} {m}", month: "{m} {y}", money: after, rightToLeft: true},
	"ca-ES": {dates: once(ca.New), shortDate: "{d} {m}", month: "{m} de {y}", money: after, monthsAlone: catalanMonths},
	"cs-CZ": {dates: once(cs.New), shortDate: "{d}. {n}.", month: "{m} {y}", money: after, monthsAlone: czechMonths},
	"da-DK": {dates: once(da.New), shortDate: "{d}. {m}", month: "{m} {y}", money: after},
	"de-DE": {dates: once(de.New), shortDate: "{d}. {m}", month: "{m} {y}", money: after},
	"el-GR": {dates: once(el.New), shortDate: "{d} {m}", month: "{m} {y}", money: after, monthsAlone: greekMonths},
	"en-GB": {dates: once(en_GB.New), shortDate: "{d} {m}", month: "{m} {y}", money: before},
	"en-US": {dates: once(en.New), shortDate: "{m} {d}", month: "{m} {y}", money: before},
	"es-ES": {dates: once(es.New), shortDate: "{d} {m}", month: "{m} de {y}", money: after},
	"fi-FI": {dates: once(fi.New), shortDate: "{d}. {m}", month: "{m} {y}", money: after, monthsAlone: finnishMonths},
	"fr-FR": {dates: once(fr.New), shortDate: "{d} {m}", month: "{m} {y}", money: after},
	"he-IL": {dates: once(he.New), shortDate: "{d} ב{m}", month: "{m} {y}", money: after, rightToLeft: true},
	"hu-HU": {dates: once(hu.New), shortDate: "{m} {d}.", month: "{y}. {m}", money: after},
	"id-ID": {dates: once(id.New), shortDate: "{d} {m}", month: "{m} {y}", money: before},
	"it-IT": {dates: once(it.New), shortDate: "{d} {m}", month: "{m} {y}", money: after},
	"ja-JP": {dates: once(ja.New), shortDate: "{n}月{d}日", month: "{y}年{n}月", money: before},
	"ko-KR": {dates: once(ko.New), shortDate: "{n}월 {d}일", month: "{y}년 {n}월", money: before},
	"ms-MY": {dates: once(ms.New), shortDate: "{d} {m}", month: "{m} {y}", money: before},
	"nb-NO": {dates: once(nb.New), shortDate: "{d}. {m}", month: "{m} {y}", money: after},
	"nl-NL": {dates: once(nl.New), shortDate: "{d} {m}", month: "{m} {y}", money: beforeSpaced},
	"pl-PL": {dates: once(pl.New), shortDate: "{d} {m}", month: "{m} {y}", money: after, monthsAlone: polishMonths},
	"pt-BR": {dates: once(pt.New), shortDate: "{d} de {m}", month: "{m} de {y}", money: beforeSpaced},
	"pt-PT": {dates: once(pt_PT.New), shortDate: "{d} de {m}", month: "{m} de {y}", money: after},
	"ro-RO": {dates: once(ro.New), shortDate: "{d} {m}", month: "{m} {y}", money: after},
	"ru-RU": {dates: once(ru.New), shortDate: "{d} {m}", month: "{m} {y} г.", money: after, monthsAlone: russianMonths},
	"sv-SE": {dates: once(sv.New), shortDate: "{d} {m}", month: "{m} {y}", money: after},
	"th-TH": {dates: once(th.New), shortDate: "{d} {m}", month: "{m} ค.ศ. {y}", money: before},
	"tl-PH": {dates: once(fil.New), shortDate: "{m} {d}", month: "{m} {y}", money: before},
	"tr-TR": {dates: once(tr.New), shortDate: "{d} {m}", month: "{m} {y}", money: before},
	"uk-UA": {dates: once(uk.New), shortDate: "{d} {m}", month: "{m} {y} р.", money: after, monthsAlone: ukrainianMonths},
	"vi-VN": {dates: once(vi.New), shortDate: "{d} {m}", month: "{m} năm {y}", money: after},
	"zh-CN": {dates: once(zh.New), shortDate: "{n}月{d}日", month: "{y}年{n}月", money: before},
	"zh-TW": {dates: once(zh_Hant.New), shortDate: "{n}月{d}日", month: "{y}年{n}月", money: before},
}

// once puts off what a language takes in memory until somebody reads it.
func once(translator func() locales.Translator) func() locales.Translator {
	return sync.OnceValue(translator)
}

// Months in the case they have without a day: "22 декабря" but "декабрь".
const (
	catalanMonths   = "gener febrer març abril maig juny juliol agost setembre octubre novembre desembre"
	czechMonths     = "leden únor březen duben květen červen červenec srpen září říjen listopad prosinec"
	greekMonths     = "Ιανουάριος Φεβρουάριος Μάρτιος Απρίλιος Μάιος Ιούνιος Ιούλιος Αύγουστος Σεπτέμβριος Οκτώβριος Νοέμβριος Δεκέμβριος"
	finnishMonths   = "tammikuu helmikuu maaliskuu huhtikuu toukokuu kesäkuu heinäkuu elokuu syyskuu lokakuu marraskuu joulukuu"
	polishMonths    = "styczeń luty marzec kwiecień maj czerwiec lipiec sierpień wrzesień październik listopad grudzień"
	russianMonths   = "январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь"
	ukrainianMonths = "січень лютий березень квітень травень червень липень серпень вересень жовтень листопад грудень"
)
