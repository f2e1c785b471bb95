module crabapple.test/clients/micromdm

go 1.24

require github.com/micromdm/micromdm v1.13.1

require (
	github.com/google/uuid v1.6.0 // indirect
	github.com/pkg/errors v0.9.1 // indirect
)
