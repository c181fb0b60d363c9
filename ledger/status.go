package ledger

// Status says why an object is out of service; 0 means it is active. The bits
// add up. See the page on a site's general information in the XML API
// reference, where they are listed.
type Status int

// The bits of a Status.
const (
	StatusActive         Status = 0
	StatusAliasDown      Status = 1  // of an alias alone: it is suspended
	StatusParentDown     Status = 2  // what the object belongs to is suspended; computed, never stored
	StatusBackup         Status = 4  // being backed up or restored
	StatusWebDown        Status = 8  // the web service is suspended
	StatusDownByAdmin    Status = 16 // suspended by the administrator
	StatusDownByReseller Status = 32 // suspended by the reseller
	StatusDownByCustomer Status = 64 // suspended by the customer
	StatusExpired        Status = 256
)

// change returns the status that results when a role asks for wanted. Each
// role sets its own bit and those of the roles below it; 0 clears them.
func (s Status) change(role Role, wanted Status) (Status, error) {
	var settable Status
	switch role {
	case RoleAdmin:
		settable = StatusDownByAdmin | StatusDownByReseller | StatusDownByCustomer | StatusWebDown | StatusExpired
	case RoleReseller:
		settable = StatusDownByReseller | StatusDownByCustomer
	case RoleCustomer:
		settable = StatusDownByCustomer
	}
	switch wanted {
	case StatusActive:
		return s &^ settable, nil
	case StatusWebDown, StatusDownByAdmin, StatusDownByReseller, StatusDownByCustomer:
		if wanted&settable != 0 {
			return s&^settable | wanted, nil
		}
	}
	return s, errStatus
}

// effective adds the bit for an owner who is out of service.
func effective(own, owner Status) Status {
	if owner != StatusActive {
		return own | StatusParentDown
	}
	return own
}
