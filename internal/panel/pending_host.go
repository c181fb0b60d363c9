package panel

func statisticsPage(*visit) error { return errNoPage }
func journalPage(*visit) error    { return errNoPage }
func keysPage(*visit) error       { return errNoPage }
func deleteKey(*visit) error      { return errNoPage }
func sessionsPage(*visit) error   { return errNoPage }
func endSession(*visit) error     { return errNoPage }
