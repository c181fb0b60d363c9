package sqlstore

import (
	"context"
	"database/sql"
	"fmt"
	"net/netip"

	"github.com/hostledger/hostledger/ledger"
)

// AddIPAddress implements [ledger.IPAddressStore].
func (s *Store) AddIPAddress(ctx context.Context, ip ledger.IPAddress) error {
	return s.withTx(ctx, func(ctx context.Context, tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `
			INSERT INTO ip_addresses (address, netmask, type, interface, public_address) VALUES ($1, $2, $3, $4, $5)`,
			ip.Address.String(), ip.Netmask, ip.Type, ip.Interface, addressText(ip.Public))
		if s.dialect.isDuplicate(err) {
			return ledger.ErrExists
		}
		if err != nil {
			return fmt.Errorf("adding IP address %s: %w", ip.Address, err)
		}
		return s.record(ctx, tx, ledger.IPAddressEvents(nil, &ip)...)
	})
}

// IPAddresses implements [ledger.IPAddressStore].
func (s *Store) IPAddresses(ctx context.Context) (addresses []ledger.IPAddress, err error) {
	err = s.withReads(ctx, func(ctx context.Context, q querier) error {
		addresses, err = ipAddresses(ctx, q)
		return err
	})
	return addresses, err
}

// UpdateIPAddress implements [ledger.IPAddressStore]. The address itself, by
// which it is known, stays.
func (s *Store) UpdateIPAddress(ctx context.Context, addr netip.Addr, change func(*ledger.IPAddress) error) error {
	return s.withTx(ctx, func(ctx context.Context, tx *sql.Tx) error {
		found, err := query(ctx, tx, scanIPAddress, selectIPAddresses+` WHERE address = $1`, addr.String())
		switch {
		case err != nil:
			return fmt.Errorf("finding IP address %s: %w", addr, err)
		case len(found) == 0:
			return ledger.ErrNotFound
		}
		before, ip := found[0], &found[0]
		if err := change(ip); err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, `
			UPDATE ip_addresses SET netmask = $2, type = $3, interface = $4, public_address = $5 WHERE address = $1`,
			addr.String(), ip.Netmask, ip.Type, ip.Interface, addressText(ip.Public))
		if err != nil {
			return fmt.Errorf("updating IP address %s: %w", addr, err)
		}
		return s.record(ctx, tx, ledger.IPAddressEvents(&before, ip)...)
	})
}

// DeleteIPAddress implements [ledger.IPAddressStore].
func (s *Store) DeleteIPAddress(ctx context.Context, addr netip.Addr) error {
	return s.withTx(ctx, func(ctx context.Context, tx *sql.Tx) error {
		result, err := tx.ExecContext(ctx, `DELETE FROM ip_addresses WHERE address = $1`, addr.String())
		if err != nil {
			return fmt.Errorf("deleting IP address %s: %w", addr, err)
		}
		if err := notFoundIfNone(result); err != nil {
			return err
		}
		uses, err := queryIDs(ctx, tx, s.dialect.addressInUse(), addr.String())
		if err != nil {
			return fmt.Errorf("looking for the users of IP address %s: %w", addr, err)
		}
		left, err := ipAddresses(ctx, tx)
		if err != nil {
			return err
		}
		if len(uses) > 0 || len(left) == 0 {
			return ledger.ErrFailed
		}
		return s.record(ctx, tx, ledger.IPAddressEvents(&ledger.IPAddress{Address: addr}, nil)...)
	})
}

const selectIPAddresses = `SELECT address, netmask, type, interface, public_address FROM ip_addresses`

func ipAddresses(ctx context.Context, q querier) ([]ledger.IPAddress, error) {
	found, err := query(ctx, q, scanIPAddress, selectIPAddresses+` ORDER BY position`)
	if err != nil {
		return nil, fmt.Errorf("reading the IP addresses: %w", err)
	}
	return found, nil
}

func scanIPAddress(rows *sql.Rows, ip *ledger.IPAddress) error {
	var address, public string
	err := rows.Scan(&address, &ip.Netmask, &ip.Type, &ip.Interface, &public)
	if err != nil {
		return err
	}
	if ip.Address, err = netip.ParseAddr(address); err != nil {
		return err
	}
	if public != "" {
		ip.Public, err = netip.ParseAddr(public)
	}
	return err
}

// addressText returns an address, or an empty text for none.
func addressText(addr netip.Addr) string {
	if !addr.IsValid() {
		return ""
	}
	return addr.String()
}
