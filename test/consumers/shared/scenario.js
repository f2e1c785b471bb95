export const serverToken = {
  consumer_key: 'CK_consumer',
  consumer_secret: 'CS_consumer',
  access_token: 'AT_consumer',
  access_secret: 'AS_consumer',
};

export const scenario = {
  name: 'Consumer',
  organization: { org_name: 'Orchard' },
  mdm_servers: [{ server_name: 'Orchard MDM', server_token: serverToken }],
  devices: [{ generate: 10, device_family: 'Mac' }],
  expect: [{ in_order: ['dep.session', 'dep.account', 'dep.devices.fetch'] }],
};
