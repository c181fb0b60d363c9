package human

import (
	"time"
	_ "time/tzdata" // zones are known on machines that have no database of them

	"golang.org/x/text/language"
)

// Negotiate picks the enabled locale that serves a reader best whose browser
// sent a header Accept-Language: en-US when none does.
func Negotiate(acceptLanguage string, enabled []string) string {
	wanted, _, err := language.ParseAcceptLanguage(acceptLanguage)
	if err != nil || len(enabled) == 0 {
		return fallback
	}
	tags := make([]language.Tag, len(enabled))
	for i, locale := range enabled {
		tags[i] = language.Make(locale)
	}
	_, best, confidence := language.NewMatcher(tags).Match(wanted...)
	if confidence == language.No {
		return fallback
	}
	return enabled[best]
}

// Zone returns the time zone that has a name in the IANA database, such as
// Europe/Berlin, or nil. The name may come from anybody.
func Zone(name string) *time.Location {
	const longest = 64 // twice as long as any name there is
	if name == "" || name == "Local" || len(name) > longest {
		return nil
	}
	zone, err := time.LoadLocation(name) // refuses paths that lead out of the database
	if err != nil {
		return nil
	}
	return zone
}
