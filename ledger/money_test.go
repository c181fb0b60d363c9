package ledger

import "testing"

func TestMoneyString(t *testing.T) {
	tests := []struct {
		money Money
		want  string
	}{
		{Money{"USD", "10.00"}, "10.00 USD"},
		{Money{"JPY", "0"}, "0 JPY"},
		{Money{"KWD", "1.5"}, "1.5 KWD"},
	}
	for _, tt := range tests {
		if got := tt.money.String(); got != tt.want {
			t.Errorf("%#v prints as %q, want %q", tt.money, got, tt.want)
		}
	}
}
