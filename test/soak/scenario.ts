/** So many devices that most pushes go to an untouched one, and faults for many requests. */
export const SOAK_SCENARIO = `
name: Soak
seed: 31
mdm_servers: [{ server_name: Soak MDM }]
devices: [{ generate: 2000 }]
faults:
  - { on: apns.push, probability: 0.004, answer: { goaway: Shutdown } }
  - { on: apns.push, probability: 0.004, answer: { reset: true } }
  - { on: apns.push, probability: 0.004, answer: { refused_stream: true } }
  - { on: apns.push, probability: 0.001, answer: { stall: true } }
  - { on: apns.push, probability: 0.004, answer: { empty_reply: true } }
  - { on: apns.push, probability: 0.01, answer: TooManyRequests }
  - { on: apns.push, probability: 0.01, answer: { stream_limit: 50 } }
  - { on: apns.push, probability: 0.01, latency: 20ms }
  - { on: dep.*, probability: 0.02, answer: { reset: true } }
  - { on: dep.devices.fetch, probability: 0.05, answer: EXPIRED_CURSOR }
  - { on: connection, probability: 0.05, answer: { tls_alert: internal_error } }
`;
