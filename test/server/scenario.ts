/** One organization with one device. */
export const SCENARIO = `
name: Acme
seed: 7
organization: { org_name: Acme Corp }
mdm_servers: [{ server_name: Acme MDM }]
devices: [{ serial_number: C02ACME0001, device_family: Mac }]
`;
