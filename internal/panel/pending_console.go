package panel

func consolePage(*visit) error { return errNoPage }
