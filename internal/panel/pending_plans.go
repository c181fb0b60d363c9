package panel

func plansPage(*visit) error { return errNoPage }
func planPage(*visit) error  { return errNoPage }
