package p

import (
	"sync"
)

type tile struct{ text string }

type tilesKey struct {
	z    uint8
	name string
}

type tileCache struct {
	mu    sync.RWMutex
	tiles map[tilesKey]*tile
}

func newTileCache() *tileCache {
	c := &tileCache{}
	c.tiles = map[tilesKey]*tile{}
	return c
}

func (c *tileCache) get(z uint8, name string) *tile {
	c.mu.RLock()
	defer c.mu.RUnlock()
	return c.tiles[tilesKey{z, name}]
}

var cache = newTileCache()
var sink *tile

func Op() { sink = cache.get(200, "a name that is longer than the buffer of 32 bytes") }
