package p

import (
	"fmt"
	"sync"
)

type tile struct{ text string }

type tileCache struct {
	mu    sync.RWMutex
	tiles map[string]*tile
}

func newTileCache() *tileCache {
	c := &tileCache{}
	c.tiles = map[string]*tile{}
	return c
}

func (c *tileCache) get(z uint8, name string) *tile {
	c.mu.RLock()
	defer c.mu.RUnlock()
	return c.tiles[fmt.Sprintf("%d/%s", z, name)]
}

var cache = newTileCache()
var sink *tile

func Op() { sink = cache.get(200, "a name that is longer than the buffer of 32 bytes") }
