// Package client talks to any server that speaks Plesk's XML API: Hostledger,
// and Plesk itself.
//
// A [Client] says which server, and who asks. Every operation of the protocol
// has a type, named after operator and operation, and [Do] sends one:
//
//	c := &client.Client{URL: "https://host.example:8443", Login: "admin", Password: password}
//	added, err := client.Do(ctx, c, client.WebspaceAdd{
//		GenSetup: client.WebspaceAddGenSetup{Name: new("example.com"), OwnerLogin: new("jdoe")},
//	})
//
// A [Packet] takes several operations. SetTraffic and SetSiteTraffic take any
// number of days, SiteIDs and ResolveSites any number of names. Operations that
// this package does not know are a struct and a method (see [Operation]); [Client.Call]
// and [Client.Post] send packets that are written already.
//
// # Types
//
// The types of operations are made from the schemas of the protocol and have
// its names and its order of elements. What may be absent is a pointer: in a
// request that changes something, nil leaves it as it is and a pointer to an
// empty value empties it. In answers, texts and ids that may be absent are
// plain, and empty when they are; everything else that may be is nil. An element
// that says all by being there, such as the name of a dataset, is a [Flag].
//
// Fields below "One of these" exclude one another.
//
// # Errors
//
// An operation, or a whole packet, that was refused gives an *[Error] with the
// protocol's code and text; errors.Is(err, client.ErrNotFound) tells which kind
// it is. Results have an error each. That of [Do] and [Client.Send] consists of
// all of them: the answer is there beside it, for those that went well.
//
// A blank filter means everything there is. In operations that change something
// this package refuses to send one; to mean everything, set All.
package client
