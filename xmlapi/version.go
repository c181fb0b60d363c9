package xmlapi

import (
	"fmt"
	"slices"
	"strings"
)

// NewestVersion is the newest protocol version that the server speaks.
const NewestVersion = "1.6.9.1"

// Versions are the protocol versions that server/get_protos lists: those that
// know the operators by the names of this server.
var Versions = []string{
	"1.6.3.0", "1.6.3.1", "1.6.3.2", "1.6.3.3", "1.6.3.4", "1.6.3.5",
	"1.6.4.0", "1.6.5.0", "1.6.6.0", "1.6.7.0", "1.6.8.0", "1.6.9.0", NewestVersion,
}

// olderVersions are accepted in packets all the same, with the names that
// operators had then: some clients never changed the number.
var olderVersions = []string{
	"1.0.0.0", "1.1.0.0", "1.2.0.0", "1.3.0.0", "1.3.1.0", "1.3.2.0", "1.3.3.0", "1.3.4.0", "1.3.5.0",
	"1.4.0.0", "1.4.1.0", "1.4.1.1", "1.4.1.2", "1.4.2.0", "1.5.0.0", "1.5.1.0", "1.5.2.0", "1.5.2.1",
	"1.6.0.0", "1.6.0.1", "1.6.0.2",
}

// begins tells whether a version is in a list, or the beginning of one that
// is: 1.6 at the least.
func begins(version string, list []string) bool {
	beginning := version + "."
	return strings.Contains(version, ".") && slices.ContainsFunc(list, func(known string) bool {
		return known == version || strings.HasPrefix(known, beginning)
	})
}

// isOlder tells whether a version is of the time of the operators' older names.
func isOlder(version string) bool {
	return begins(version, olderVersions) && !begins(version, Versions)
}

// checkVersion accepts a version that is known, or the beginning of one.
func checkVersion(version string) error {
	if version == "" || begins(version, Versions) || begins(version, olderVersions) {
		return nil
	}
	return &SystemError{CodeVersion, fmt.Sprintf("Protocol version '%s' is not supported. Current protocol version is '%s'", version, NewestVersion)}
}
