module example.com/goast

go 1.21
