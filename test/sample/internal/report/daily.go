// Package report puts together what the office reads.
package report

import (
	"strconv"

	"example.com/orders/internal/order"
)

// Row is one line of the daily report.
type Row struct {
	OrderID string
	Total   order.Cents
}

// Daily returns a row for each order.
func Daily(orders []*order.Order) []Row {
	rows := []Row{}
	for _, o := range orders {
		rows = append(rows, Row{OrderID: o.ID, Total: o.Total()})
	}
	return rows
}

// CSV writes rows as comma-separated values.
func CSV(rows []Row) string {
	text := "order,total\n"
	for _, row := range rows {
		text += row.OrderID + "," + strconv.FormatInt(int64(row.Total), 10) + "\n"
	}
	return text
}

// Large returns the rows of a limit and above, nil if there are none.
func Large(rows []Row, limit order.Cents) []Row {
	var large []Row
	for _, row := range rows {
		if row.Total >= limit {
			large = append(large, row)
		}
	}
	return large
}
