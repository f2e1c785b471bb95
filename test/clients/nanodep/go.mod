module crabapple.test/clients/nanodep

go 1.24

tool (
	github.com/micromdm/nanodep/cmd/depserver
	github.com/micromdm/nanodep/cmd/depsyncer
)

require (
	filippo.io/edwards25519 v1.1.0 // indirect
	github.com/go-sql-driver/mysql v1.8.1 // indirect
	github.com/golang-jwt/jwt/v5 v5.0.0 // indirect
	github.com/gomodule/oauth1 v0.2.0 // indirect
	github.com/google/btree v1.0.0 // indirect
	github.com/google/uuid v1.6.0 // indirect
	github.com/lib/pq v1.10.9 // indirect
	github.com/micromdm/nanodep v0.7.0 // indirect
	github.com/micromdm/nanolib v0.5.0 // indirect
	github.com/peterbourgon/diskv/v3 v3.0.1 // indirect
	github.com/smallstep/pkcs7 v0.2.1 // indirect
	golang.org/x/crypto v0.33.0 // indirect
)
