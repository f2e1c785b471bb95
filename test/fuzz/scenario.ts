const ASSETS = [
  { adam_id: '361309726', total: 10 },
  { adam_id: '361309727', total: 1 },
  { adam_id: '361309728', product_type: 'Book', total: 5 },
];

/** A little of every kind of state: random requests often touch the same objects. */
export const FUZZ_SCENARIO = {
  name: 'Fuzz',
  seed: 13,
  mdm_servers: [{ server_name: 'First MDM' }, { server_name: 'Second MDM' }],
  devices: [{ serial_number: 'C02ACME0001', device_family: 'Mac' }, { generate: 200 }],
  locations: [
    { name: 'Headquarters', assets: ASSETS, users: [{ client_user_id: 'anna', email: 'anna@acme.example' }] },
    { name: 'Branch', assets: ASSETS },
  ],
  behavior: { vpp: { rate_limit: 'enforced', max_requests_per_second: 1_000_000, developer_token: 'any' } },
};
