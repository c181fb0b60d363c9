package panel

func webspacesPage(*visit) error    { return errNoPage }
func newWebspacePage(*visit) error  { return errNoPage }
func editWebspacePage(*visit) error { return errNoPage }
func billingPage(*visit) error      { return errNoPage }
func plansPage(*visit) error        { return errNoPage }
func planPage(*visit) error         { return errNoPage }
