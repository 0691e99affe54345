package p

import "errors"

var last error

func init() { last = errors.New("nothing yet") }
