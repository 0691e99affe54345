package p

func (c *tileCache) put(z uint8, name string, t *tile) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.tiles[tilesKey{z, name}] = t
}

func (c *tileCache) clear() { clear(c.tiles) }
