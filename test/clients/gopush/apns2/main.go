// Pushes with github.com/sideshow/apns2.
package main

import (
	"crypto/tls"
	"log"
	"time"

	"crabapple.test/clients/gopush/jsonlines"
	"github.com/sideshow/apns2"
	"github.com/sideshow/apns2/token"
)

func newClient(settings jsonlines.Settings) (*apns2.Client, error) {
	if key := settings.ProviderKey; key != nil {
		signingKey, err := token.AuthKeyFromFile(key.File)
		if err != nil {
			return nil, err
		}
		return apns2.NewTokenClient(&token.Token{AuthKey: signingKey, KeyID: key.KeyID, TeamID: key.TeamID}), nil
	}
	certificate, err := tls.LoadX509KeyPair(settings.Certificate.File, settings.Certificate.KeyFile)
	if err != nil {
		return nil, err
	}
	return apns2.NewClient(certificate), nil
}

func main() {
	settings, err := jsonlines.ReadSettings()
	if err != nil {
		log.Fatal(err)
	}
	client, err := newClient(settings)
	if err != nil {
		log.Fatal(err)
	}
	client.Host = settings.URL
	err = jsonlines.Serve(func(push jsonlines.Push) jsonlines.Result {
		if push.FreshToken {
			if _, err := client.Token.Generate(); err != nil {
				return jsonlines.Result{Error: err.Error()}
			}
		}
		notification := &apns2.Notification{
			DeviceToken: push.Token,
			Payload:     []byte(push.Payload),
			Topic:       push.Topic,
			PushType:    apns2.EPushType(push.PushType),
			Priority:    push.Priority,
			CollapseID:  push.CollapseID,
			ApnsID:      push.ApnsID,
		}
		if push.Expiration > 0 {
			notification.Expiration = time.Unix(push.Expiration, 0)
		}
		response, err := client.Push(notification)
		if err != nil {
			return jsonlines.Result{Error: err.Error()}
		}
		result := jsonlines.Result{Status: response.StatusCode, Reason: response.Reason, ApnsID: response.ApnsID}
		if !response.Timestamp.IsZero() {
			result.Timestamp = response.Timestamp.UnixMilli()
		}
		return result
	})
	if err != nil {
		log.Fatal(err)
	}
}
