package panel

func customersPage(*visit) error    { return errNoPage }
func newCustomerPage(*visit) error  { return errNoPage }
func customerPage(*visit) error     { return errNoPage }
func editCustomerPage(*visit) error { return errNoPage }
func balancesPage(*visit) error     { return errNoPage }
func resellersPage(*visit) error    { return errNoPage }
func resellerPage(*visit) error     { return errNoPage }
func accountPage(*visit) error      { return errNoPage }
