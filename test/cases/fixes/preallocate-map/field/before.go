package p

type product struct {
	sku   string
	price int
}

type catalog struct {
	products []product
	prices   map[string]int
}

func (c *catalog) index() {
	c.prices = make(map[string]int)
	for _, p := range c.products {
		c.prices[p.sku] = p.price
	}
}
