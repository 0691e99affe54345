package p

type printer struct{}

func (printer) Sprintf(format string, xs ...any) any { return xs[0] }

func show(fmt printer, n int) any { return fmt.Sprintf("%d", n) }
