// Drives the v1 client of micromdm, as published, through what an MDM does with it.
package main

import (
	"encoding/json"
	"fmt"
	"os"

	"github.com/micromdm/micromdm/vpp"
)

type story struct {
	OrganizationID int    `json:"organization_id"`
	LocationName   string `json:"location_name"`
	Assets         int    `json:"assets"`
	PricingParam   string `json:"pricing_param"`
	Associated     int    `json:"associated"`
	Assigned       bool   `json:"assigned"`
	Licenses       int    `json:"licenses"`
	Left           bool   `json:"left"`
}

func main() {
	token, app, serial := os.Args[1], os.Args[2], os.Args[3]
	client, err := vpp.NewClient(token)
	must(err)
	var told story
	config, err := client.GetClientConfigSrvVerbose()
	must(err)
	told.OrganizationID = config.OrganizationID
	told.LocationName = config.Location.LocationName
	assets, err := client.GetVPPAssetsSrv()
	must(err)
	told.Assets = len(assets.Assets)
	told.PricingParam, err = client.GetPricingParamForApp(app)
	must(err)
	associated, err := client.AssociateSerialsToApp(app, []string{serial})
	must(err)
	told.Associated = len(associated.Associations)
	told.Assigned, err = client.CheckAssignedLicense(serial, app)
	must(err)
	licenses, err := client.GetLicensesForSerial(serial)
	must(err)
	told.Licenses = len(licenses)
	_, err = client.DisassociateSerialsToApp(app, []string{serial})
	must(err)
	told.Left, err = client.CheckAssignedLicense(serial, app)
	must(err)
	must(json.NewEncoder(os.Stdout).Encode(told))
}

func must(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
