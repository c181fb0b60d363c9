package ledger

// Limits are the resources that a subscription may use; -1 is unlimited.
type Limits struct {
	Overuse string            `json:"overuse,omitempty"` // what happens past a limit
	Values  Properties[int64] `json:"values,omitempty"`
}

const unlimited int64 = -1

// LimitsUpdate changes Limits.
type LimitsUpdate struct {
	Overuse   *string
	Values    Properties[int64]
	AllToZero bool
}

// isEmpty tells whether the update changes nothing.
func (u *LimitsUpdate) isEmpty() bool {
	return u == nil || u.Overuse == nil && len(u.Values) == 0 && !u.AllToZero
}

func (l *Limits) merge(u LimitsUpdate) {
	if u.AllToZero {
		l.Values.Merge(zero(webspaceLimits))
	}
	set(&l.Overuse, u.Overuse)
	l.Values.Merge(u.Values)
}

// Complete returns every known limit in the protocol's order, then the others
// that were set; those never set are unlimited.
func (l Limits) Complete() Properties[int64] { return complete(webspaceLimits, l.Values) }

// CompleteOfAddon is Complete for an add-on plan: those never set have nothing
// added to them.
func (l Limits) CompleteOfAddon() Properties[int64] { return complete(addonLimits, l.Values) }

// isBlocking tells whether a subscription is suspended when it passes a limit.
// Other words about overuse are for the programs that serve the host.
func (l Limits) isBlocking() bool { return l.Overuse == "" || l.Overuse == "block" }

func (l Limits) check() error {
	switch l.Overuse {
	case "", "block", "normal", "notify", "not_suspend", "not_suspend_notify":
	default:
		return Errorf(ErrInvalid, "overuse: expected block, normal, notify, not_suspend or not_suspend_notify.")
	}
	for _, limit := range l.Values {
		if limit.Value < unlimited {
			return Errorf(ErrInvalid, "%s: expected a number from 0 up, or -1 for unlimited.", limit.Name)
		}
	}
	return nil
}
