package panel_test

import (
	"net/http"
	"testing"
)

// What is counted is kept, and counted anew when something has changed.
func TestOverviewFollowsChanges(t *testing.T) {
	s := newPanel(t)
	b := signedIn(t, s, "admin")
	b.get("/").has(t, http.StatusOK, `<a href="/subscriptions">3</a>`, "No subscription renews in the next 30 days")
	ask(t, s, `<packet><webspace><add><gen_setup><name>new.example</name></gen_setup></add></webspace></packet>`)
	ask(t, s, billed)
	b.get("/").has(t, http.StatusOK, `<a href="/subscriptions">4</a>`, "jane.example", "in 12 days")
	rita := signedIn(t, s, "rita")
	rita.get("/").has(t, http.StatusOK, `<a href="/subscriptions">1</a>`)
	rita.get("/").lacks(t, "jane.example")
}
