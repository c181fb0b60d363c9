package ledger

import "slices"

// ListUpdate changes a list that holds nothing twice: what is added goes to its
// end, in place of what it replaces.
type ListUpdate[T comparable] struct {
	Add, Remove []T
}

func (u ListUpdate[T]) apply(list *[]T) {
	gone := slices.Concat(u.Remove, u.Add)
	kept := slices.DeleteFunc(slices.Clone(*list), func(have T) bool { return slices.Contains(gone, have) })
	for _, added := range u.Add {
		if !slices.Contains(kept, added) {
			kept = append(kept, added)
		}
	}
	*list = kept
}

// takes tells whether the update removes something of a list.
func (u ListUpdate[T]) takes(list []T) bool {
	return slices.ContainsFunc(u.Remove, func(gone T) bool { return slices.Contains(list, gone) })
}

// lacks returns what is to be removed and not there, or ok false.
func (u ListUpdate[T]) lacks(list []T) (missing T, ok bool) {
	for _, gone := range u.Remove {
		if !slices.Contains(list, gone) {
			return gone, true
		}
	}
	return missing, false
}
