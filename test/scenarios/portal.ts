import type { Crabapple, Device } from '../../src/index.ts';
import type { AppleSide, PushAddress } from './scripted-mdm.ts';

const addressOf = ({ push_token, push_magic, push_topic }: Device): PushAddress => ({
  token: String(push_token),
  magic: String(push_magic),
  topic: push_topic,
});

/** Portal, clock and devices of a simulated Apple in this process. Runs in browsers too. */
export function portalOf(apple: Crabapple): Omit<AppleSide, 'url' | 'send'> {
  return {
    token: async (server) => Object.values(apple.credentials.serverTokens)[server]!,
    contentToken: async () => apple.credentials.contentToken!,
    advance: async (milliseconds) => apple.clock.advance(milliseconds),
    push: async (serial) => addressOf(apple.devices.get(serial)!),
    pushes: async (from, count) => [...apple.devices].slice(from, from + count).map(addressOf),
  };
}
