package p

import (
	"fmt"
	"time"
)

func show(d time.Duration) string { return fmt.Sprintf("%d", d) }
