// Package conversation reads pushes from standard input, one JSON object a line, and writes what became of each.
package conversation

import (
	"bufio"
	"encoding/json"
	"os"
)

// Settings say where to push, and as whom; they are the first argument of the program.
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

// Push is one push, with the header fields that shall be set.
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

// Answer is what the client made of the answer.
type Answer struct {
	Status    int    `json:"status,omitempty"`
	Reason    string `json:"reason,omitempty"`
	Timestamp int64  `json:"timestamp,omitempty"`
	ApnsID    string `json:"apnsId,omitempty"`
	Error     string `json:"error,omitempty"`
}

// ReadSettings takes the first argument.
func ReadSettings() (settings Settings, err error) {
	err = json.Unmarshal([]byte(os.Args[1]), &settings)
	return settings, err
}

// Hold answers every line until standard input ends.
func Hold(send func(Push) Answer) error {
	lines := bufio.NewScanner(os.Stdin)
	lines.Buffer(nil, 1<<20)
	answers := json.NewEncoder(os.Stdout)
	for lines.Scan() {
		var push Push
		if err := json.Unmarshal(lines.Bytes(), &push); err != nil {
			return err
		}
		if err := answers.Encode(send(push)); err != nil {
			return err
		}
	}
	return lines.Err()
}
