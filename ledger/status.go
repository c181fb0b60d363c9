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

// settable returns the bits that a role sets and clears: its own and those of
// the roles below it.
func (r Role) settable() Status {
	switch r {
	case RoleAdmin:
		return StatusDownByAdmin | StatusDownByReseller | StatusDownByCustomer | StatusWebDown | StatusExpired
	case RoleReseller:
		return StatusDownByReseller | StatusDownByCustomer
	case RoleCustomer:
		return StatusDownByCustomer
	}
	return StatusActive
}

// IsActiveAfter tells whether an object with the status would be in service, as
// far as its own status goes, if the role set it to 0.
func (s Status) IsActiveAfter(role Role) bool { return s&^role.settable() == StatusActive }

// change returns the status that results when a role asks for wanted; 0 clears
// the bits that the role may set.
func (s Status) change(role Role, wanted Status) (Status, error) {
	settable := role.settable()
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
