package p

func steal(r *ring) []byte { return r.buf }
