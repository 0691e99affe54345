package p

const pageSize = 20

func primes(n int) []int {
	found := make([]int, 0, max(0, n))
	for candidate := 2; len(found) < n; candidate++ {
		if isPrime(candidate) {
			found = append(found, candidate)
		}
	}
	return found
}

func isPrime(n int) bool {
	for i := 2; i*i <= n; i++ {
		if n%i == 0 {
			return false
		}
	}
	return true
}

var sink []int

func Op() { sink = primes(pageSize) }
