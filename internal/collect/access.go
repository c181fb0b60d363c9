package collect

func newApache(string) (parser, error) { return nil, nil }

func newNginx(string) (parser, error) { return nil, nil }

func newJSONAccess(map[string]string) (parser, error) { return nil, nil }

func newXferlog(map[string]string, []string) (parser, error) { return nil, nil }
