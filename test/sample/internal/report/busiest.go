package report

import (
	"time"

	"example.com/orders/internal/order"
)

const minutesPerWeek = 7 * 24 * 60

// BusiestMinute returns the minute of the week, from Sunday midnight, in which most orders were placed.
func BusiestMinute(orders []*order.Order) int {
	perMinute := make([]int64, minutesPerWeek)
	for _, o := range orders {
		perMinute[minuteOfWeek(o.Placed)]++
	}
	busiest := 0
	for minute, count := range perMinute {
		if count > perMinute[busiest] {
			busiest = minute
		}
	}
	return busiest
}

func minuteOfWeek(t time.Time) int {
	return int(t.Weekday())*24*60 + t.Hour()*60 + t.Minute()
}

// Checksum returns the check digit of an order number: the Luhn algorithm.
func Checksum(number string) int {
	digits := make([]byte, len(number))
	copy(digits, number)
	sum := 0
	for i := len(digits) - 1; i >= 0; i-- {
		digit := int(digits[i] - '0')
		if (len(digits)-i)%2 == 1 {
			digit = digit*2 - digit/5*9
		}
		sum += digit
	}
	return (10 - sum%10) % 10
}
