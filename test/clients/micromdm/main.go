// Calls the published v1 client of micromdm as an MDM server does.
package main

import (
	"encoding/json"
	"fmt"
	"os"

	"github.com/micromdm/micromdm/vpp"
)

type result struct {
	OrganizationID int    `json:"organization_id"`
	LocationName   string `json:"location_name"`
	Assets         int    `json:"assets"`
	PricingParam   string `json:"pricing_param"`
	Associated     int    `json:"associated"`
	Assigned       bool   `json:"assigned"`
	Licenses       int    `json:"licenses"`
	AssignedAtEnd  bool   `json:"assigned_at_end"`
}

func main() {
	token, app, serial := os.Args[1], os.Args[2], os.Args[3]
	client, err := vpp.NewClient(token)
	must(err)
	var found result
	config, err := client.GetClientConfigSrvVerbose()
	must(err)
	found.OrganizationID = config.OrganizationID
	found.LocationName = config.Location.LocationName
	assets, err := client.GetVPPAssetsSrv()
	must(err)
	found.Assets = len(assets.Assets)
	found.PricingParam, err = client.GetPricingParamForApp(app)
	must(err)
	associated, err := client.AssociateSerialsToApp(app, []string{serial})
	must(err)
	found.Associated = len(associated.Associations)
	found.Assigned, err = client.CheckAssignedLicense(serial, app)
	must(err)
	licenses, err := client.GetLicensesForSerial(serial)
	must(err)
	found.Licenses = len(licenses)
	_, err = client.DisassociateSerialsToApp(app, []string{serial})
	must(err)
	found.AssignedAtEnd, err = client.CheckAssignedLicense(serial, app)
	must(err)
	must(json.NewEncoder(os.Stdout).Encode(found))
}

func must(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
