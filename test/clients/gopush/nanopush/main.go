// Pushes with the push package of github.com/micromdm/nanomdm, which has no option for the address of APNs.
package main

import (
	"context"
	"crypto/tls"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"log"

	"crabapple.test/clients/gopush/jsonlines"
	"github.com/micromdm/nanomdm/mdm"
	"github.com/micromdm/nanomdm/push/nanopush"
)

func main() {
	settings, err := jsonlines.ReadSettings()
	if err != nil {
		log.Fatal(err)
	}
	certificate, err := tls.LoadX509KeyPair(settings.Certificate.File, settings.Certificate.KeyFile)
	if err != nil {
		log.Fatal(err)
	}
	provider, err := nanopush.NewFactory().NewPushProvider(&certificate)
	if err != nil {
		log.Fatal(err)
	}
	err = jsonlines.Serve(func(push jsonlines.Push) (result jsonlines.Result) {
		// v0.9.0 dereferences the response, which is nil after GOAWAY.
		defer func() {
			if cause := recover(); cause != nil {
				result = jsonlines.Result{Error: fmt.Sprint("panic: ", cause)}
			}
		}()
		token, err := hex.DecodeString(push.Token)
		if err != nil {
			return jsonlines.Result{Error: err.Error()}
		}
		var payload struct {
			Magic string `json:"mdm"`
		}
		if err := json.Unmarshal(push.Payload, &payload); err != nil {
			return jsonlines.Result{Error: err.Error()}
		}
		responses, err := provider.Push(context.Background(), []*mdm.Push{{PushMagic: payload.Magic, Token: token}})
		if err != nil {
			return jsonlines.Result{Error: err.Error()}
		}
		response := responses[push.Token]
		if response.Err == nil {
			return jsonlines.Result{Status: 200, ApnsID: response.Id}
		}
		result = jsonlines.Result{ApnsID: response.Id, Error: response.Err.Error()}
		var pushError *nanopush.JSONPushError
		if errors.As(response.Err, &pushError) {
			result.Reason, result.Timestamp = pushError.Reason, pushError.Timestamp
		}
		return result
	})
	if err != nil {
		log.Fatal(err)
	}
}
