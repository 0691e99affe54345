package p

import "errors"

func fail(text string) error { return errors.New(text) }
