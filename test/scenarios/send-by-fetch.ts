import type { ReceivedResponse, Sent } from './scripted-mdm.ts';

/** Undefined where the connection broke, before the answer or in it. */
export async function sendByFetch(
  base: string,
  { method, path, headers, body }: Sent,
): Promise<ReceivedResponse | undefined> {
  try {
    const answer = await fetch(`${base}${path}`, {
      method,
      headers,
      ...(body === undefined ? {} : { body }),
    });
    return { status: answer.status, headers: Object.fromEntries(answer.headers), text: await answer.text() };
  } catch {
    return undefined;
  }
}
