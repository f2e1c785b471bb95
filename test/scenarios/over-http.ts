import type { AppleSide, PushAddress } from './scripted-mdm.ts';
import { sendByFetch } from './send-by-fetch.ts';

const addressOf = (device: Readonly<Record<string, string>>): PushAddress => ({
  token: device.push_token!,
  magic: device.push_magic!,
  topic: device.push_topic!,
});

/** A running server, for a scripted MDM server. Portal and clock use the control API. */
export function overHttp(url: string): AppleSide {
  // biome-ignore lint/suspicious/noExplicitAny: responses have many forms
  const control = async (path: string, content?: object): Promise<any> => {
    const answer = await fetch(`${url}/_crabapple${path}`, {
      ...(content === undefined ? {} : { method: 'POST', body: JSON.stringify(content) }),
    });
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return answer.json();
  };
  return {
    url,
    send: (sent) => sendByFetch(url, sent),
    async token(server) {
      const [{ mdm_servers }] = await control('/organizations');
      const name: string = mdm_servers[server].server_name;
      return control(`/token?mdm_server=${encodeURIComponent(name)}`);
    },
    async contentToken() {
      const answer = await fetch(`${url}/_crabapple/content-tokens`, { method: 'POST' });
      return answer.text();
    },
    async advance(milliseconds) {
      await control('/clock', { advance: `${milliseconds}ms` });
    },
    async push(serial) {
      const { devices } = await control(`/devices?serial_number=${serial}`);
      return addressOf(devices[0]);
    },
    async pushes(from, count) {
      const addresses: PushAddress[] = [];
      for (let cursor = ''; addresses.length < from + count; ) {
        const page = await control(`/devices?limit=1000${cursor}`);
        addresses.push(...page.devices.map(addressOf));
        if (page.next === null) break;
        cursor = `&cursor=${encodeURIComponent(page.next)}`;
      }
      return addresses.slice(from, from + count);
    },
  };
}
