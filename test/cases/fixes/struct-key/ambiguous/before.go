package p

import "fmt"

var names = map[string]int{"a:b:c": 1}
var first, second = "a", "b:c"
var sink int

func Op() { sink = names[fmt.Sprintf("%s:%s", first, second)] }
