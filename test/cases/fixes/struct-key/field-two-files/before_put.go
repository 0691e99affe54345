package p

import "fmt"

func (c *tileCache) put(z uint8, name string, t *tile) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.tiles[fmt.Sprintf("%d/%s", z, name)] = t
}

func (c *tileCache) clear() { clear(c.tiles) }
