import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { EXAMPLES } from '../scenarios/examples.ts';
import { overHttp } from '../scenarios/over-http.ts';
import { type AppleSide, play, type ReceivedResponse } from '../scenarios/scripted-mdm.ts';
import { push, type Story } from '../scenarios/step.ts';
import { nanomdm } from './go-push-clients.ts';
import type { PushSession } from './push-client.ts';
import { PushFixture } from './push-fixture.ts';

const EXPIRED = 'incidents/certificate-expired';
const MAC = 'C02PUSH00001';

const DEVICE = /^\/3\/device\/([0-9a-f]+)$/;

interface Report {
  readonly suites: readonly {
    readonly verdicts: readonly { readonly name: string; readonly status: string }[];
  }[];
}

/** Sends the pushes of the scripted MDM server with a third-party client. */
function pushWith(session: PushSession, apple: AppleSide, errors: string[]): AppleSide {
  return {
    ...apple,
    async send({ path, body }): Promise<ReceivedResponse | undefined> {
      const { status, error } = await session.send({
        token: DEVICE.exec(path)![1]!,
        payload: JSON.parse(body!) as object,
      });
      if (error !== undefined) errors.push(error);
      return status === undefined ? undefined : { status, headers: {}, text: '' };
    },
  };
}

describe(`${nanomdm.name} in the example scenarios of push`, () => {
  before(async function () {
    this.timeout(300_000);
    await nanomdm.prepare(this);
  });

  for (const { scenario, story } of EXAMPLES.filter((example) => example.scenario.startsWith('push/'))) {
    it(`meets all expectations of scenarios/${scenario}.yaml`, async () => {
      const fixture = await PushFixture.start('0', readFileSync(`scenarios/${scenario}.yaml`, 'utf8'));
      const session = nanomdm.start({ ...(await fixture.withCertificate()), useProxy: true });
      const errors: string[] = [];
      try {
        // The scripted MDM server cannot connect and sends no push; the client has to try.
        const steps: Story =
          scenario === EXPIRED ? [push('push with the expired certificate', MAC), ...story] : story;
        await play(steps, pushWith(session, overHttp(fixture.apple.url), errors));
        if (scenario === EXPIRED) assert.match(errors[0] ?? '', /tls: expired certificate/);
        const response = await fetch(`${fixture.apple.url}/_crabapple/report?format=json`);
        const { suites } = (await response.json()) as Report;
        const failed = suites.flatMap(({ verdicts }) => verdicts.filter(({ status }) => status !== 'passed'));
        assert.deepEqual(failed, []);
        assert.equal((await fixture.device(MAC))?.last_push?.state ?? 'delivered', 'delivered');
      } finally {
        await session.stop();
        await fixture.stop();
      }
    });
  }
});
