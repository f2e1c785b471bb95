// Package jsonlines reads pushes from standard input, one JSON object per line, and writes one result per line.
package jsonlines

import (
	"bufio"
	"encoding/json"
	"os"
)

// Settings are the address and the credential to push with: the first argument of the program.
type Settings struct {
	URL         string `json:"url"`
	Certificate struct {
		File    string `json:"certificateFile"`
		KeyFile string `json:"keyFile"`
	} `json:"certificate"`
	ProviderKey *struct {
		File   string `json:"file"`
		KeyID  string `json:"keyId"`
		TeamID string `json:"teamId"`
	} `json:"providerKey"`
}

// Push is one push with the header fields to set.
type Push struct {
	Token      string          `json:"token"`
	Payload    json.RawMessage `json:"payload"`
	Topic      string          `json:"topic"`
	PushType   string          `json:"pushType"`
	Priority   int             `json:"priority"`
	CollapseID string          `json:"collapseId"`
	Expiration int64           `json:"expiration"`
	ApnsID     string          `json:"apnsId"`
	FreshToken bool            `json:"freshToken"`
}

// Result is what the client returned to its caller.
type Result struct {
	Status    int    `json:"status,omitempty"`
	Reason    string `json:"reason,omitempty"`
	Timestamp int64  `json:"timestamp,omitempty"`
	ApnsID    string `json:"apnsId,omitempty"`
	Error     string `json:"error,omitempty"`
}

// ReadSettings parses the first argument.
func ReadSettings() (settings Settings, err error) {
	err = json.Unmarshal([]byte(os.Args[1]), &settings)
	return settings, err
}

// Serve sends the push of each line until standard input ends.
func Serve(send func(Push) Result) error {
	lines := bufio.NewScanner(os.Stdin)
	lines.Buffer(nil, 1<<20)
	results := json.NewEncoder(os.Stdout)
	for lines.Scan() {
		var push Push
		if err := json.Unmarshal(lines.Bytes(), &push); err != nil {
			return err
		}
		if err := results.Encode(send(push)); err != nil {
			return err
		}
	}
	return lines.Err()
}
