import type { AppleSide } from './scripted-mdm.ts';

/** A running server, as a scripted MDM server reaches it; portal and clock by its control API. */
export function overHttp(url: string): AppleSide {
  // biome-ignore lint/suspicious/noExplicitAny: answers of every form are looked into
  const control = async (path: string, content?: object): Promise<any> => {
    const answer = await fetch(`${url}/_crabapple${path}`, {
      ...(content === undefined ? {} : { method: 'POST', body: JSON.stringify(content) }),
    });
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return answer.json();
  };
  return {
    url,
    async send({ method, path, headers, body }) {
      try {
        const answer = await fetch(`${url}${path}`, {
          method,
          headers,
          ...(body === undefined ? {} : { body }),
        });
        return {
          status: answer.status,
          headers: Object.fromEntries(answer.headers),
          text: await answer.text(),
        };
      } catch {
        return undefined;
      }
    },
    async token(server) {
      const [{ mdm_servers }] = await control('/organizations');
      const name: string = mdm_servers[server].server_name;
      return control(`/token?mdm_server=${encodeURIComponent(name)}`);
    },
    async advance(milliseconds) {
      await control('/clock', { advance: `${milliseconds}ms` });
    },
    async push(serial) {
      const { devices } = await control(`/devices?serial_number=${serial}`);
      const [{ push_token, push_magic, push_topic }] = devices;
      return { token: push_token, magic: push_magic, topic: push_topic };
    },
  };
}
