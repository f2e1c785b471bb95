// Pushes with the push package of github.com/micromdm/nanomdm, which knows one address: Apple's.
package main

import (
	"context"
	"crypto/tls"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"log"

	"crabapple.test/clients/gopush/conversation"
	"github.com/micromdm/nanomdm/mdm"
	"github.com/micromdm/nanomdm/push/nanopush"
)

func main() {
	settings, err := conversation.ReadSettings()
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
	err = conversation.Hold(func(push conversation.Push) (result conversation.Answer) {
		// v0.9.0 takes the status of an answer that a GOAWAY left nil.
		defer func() {
			if fault := recover(); fault != nil {
				result = conversation.Answer{Error: fmt.Sprint("panic: ", fault)}
			}
		}()
		token, err := hex.DecodeString(push.Token)
		if err != nil {
			return conversation.Answer{Error: err.Error()}
		}
		var payload struct {
			Magic string `json:"mdm"`
		}
		if err := json.Unmarshal(push.Payload, &payload); err != nil {
			return conversation.Answer{Error: err.Error()}
		}
		answers, err := provider.Push(context.Background(), []*mdm.Push{{PushMagic: payload.Magic, Token: token}})
		if err != nil {
			return conversation.Answer{Error: err.Error()}
		}
		answer := answers[push.Token]
		if answer.Err == nil {
			return conversation.Answer{Status: 200, ApnsID: answer.Id}
		}
		result = conversation.Answer{ApnsID: answer.Id, Error: answer.Err.Error()}
		var refusal *nanopush.JSONPushError
		if errors.As(answer.Err, &refusal) {
			result.Reason, result.Timestamp = refusal.Reason, refusal.Timestamp
		}
		return result
	})
	if err != nil {
		log.Fatal(err)
	}
}
