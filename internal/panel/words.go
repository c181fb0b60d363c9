package panel

import (
	"strings"

	"github.com/hostledger/hostledger/ledger"
)

// notices say what has been done, by the key that an address carries.
var notices = map[string]string{
	"account":      "Your account was changed.",
	"balances":     "The balances were saved.",
	"billing":      "The billing information was saved.",
	"customer":     "The customer was saved.",
	"domain":       "The domain was added.",
	"key-gone":     "The key was removed. Programs that use it are refused from now on.",
	"password":     "Your password was changed and all of your sessions were ended. Please sign in with the new one.",
	"resumed":      "It is in service again.",
	"session":      "The session was ended.",
	"subscription": "The subscription was saved.",
	"suspended":    "It was suspended.",
	"removed":      "It was removed.",

	"subscription-new": "The subscription was added.",
	"plan":             "The plan of the subscription was changed.",
	"synced":           "The subscription follows its plan again.",
}

// labels are what forms call the elements that errors name.
var labels = map[string]string{
	"price/currency": "Currency", "price/sum": "Price", "renewal-date": "Next renewal", "cycle": "Billing cycle",
	"domain-store-url": "Domain shop", "cert-store-url": "Certificate shop",
	"login": "Login", "passwd": "Password", "pname": "Name", "email": "E-mail", "country": "Country", "locale": "Language",
	"name": "Domain name", "max_traffic": "Traffic limit", "ip_address": "IP addresses",
}

// plain puts an error of the ledger into the words of the forms: where it names
// an element of the protocol, the form's label stands instead.
func plain(err *ledger.Error) string {
	element, rest, ok := strings.Cut(err.Text, ": ")
	if label := labels[element]; ok && label != "" {
		return label + ": " + rest
	}
	if balance, field, isBalance := strings.Cut(element, "/value"); ok && isBalance {
		return balanceNames[ledger.Balance(balance)] + " " + amountFields[field] + ": " + rest
	}
	return err.Text
}

// amountFields are what forms call the parts of an amount.
var amountFields = map[string]string{"/currency": "currency", "/sum": "amount"}

// balanceNames are what people call balances.
var balanceNames = map[ledger.Balance]string{
	ledger.BalanceIncome:           "Revenue",
	ledger.BalanceInvoicesDue:      "Outstanding",
	ledger.BalanceInvoicesPaid:     "Paid",
	ledger.BalanceInvoicesRefunded: "Refunded",
	ledger.BalanceCredit:           "Credit",
	ledger.BalanceOveruseDue:       "Usage charge",
}
