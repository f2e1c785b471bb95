import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { EXAMPLES } from '../scenarios/examples.ts';
import { overHttp } from '../scenarios/over-http.ts';
import { type ReceivedResponse, type AppleSide, play } from '../scenarios/scripted-mdm.ts';
import { push, type Story } from '../scenarios/step.ts';
import { nanomdm } from './go-push-clients.ts';
import type { PushSession } from './push-client.ts';
import { PushWorld } from './push-world.ts';

const EXPIRED = 'incidents/certificate-expired';
const MAC = 'C02PUSH00001';

const DEVICE = /^\/3\/device\/([0-9a-f]+)$/;

interface Report {
  readonly suites: readonly {
    readonly verdicts: readonly { readonly name: string; readonly status: string }[];
  }[];
}

/** A simulated Apple to which a client of somebody else pushes what the scripted MDM server would. */
function through(session: PushSession, apple: AppleSide, errors: string[]): AppleSide {
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

describe(`${nanomdm.name} in the scenarios of pushes`, () => {
  before(async function () {
    this.timeout(300_000);
    await nanomdm.prepare(this);
  });

  for (const { scenario, story } of EXAMPLES.filter((example) => example.scenario.startsWith('push/'))) {
    it(`does well in scenarios/${scenario}.yaml`, async () => {
      const world = await PushWorld.start('0', readFileSync(`scenarios/${scenario}.yaml`, 'utf8'));
      const session = nanomdm.start({ ...(await world.withCertificate()), useProxy: true });
      const errors: string[] = [];
      try {
        // Where nobody gets in, there is somebody who tries.
        const whole: Story = scenario === EXPIRED ? [push('push in vain', MAC), ...story] : story;
        await play(whole, through(session, overHttp(world.apple.url), errors));
        if (scenario === EXPIRED) assert.match(errors[0] ?? '', /tls: expired certificate/);
        const answer = await fetch(`${world.apple.url}/_crabapple/report?format=json`);
        const { suites } = (await answer.json()) as Report;
        const failed = suites.flatMap(({ verdicts }) => verdicts.filter(({ status }) => status !== 'passed'));
        assert.deepEqual(failed, []);
        assert.equal((await world.device(MAC))?.last_push?.state ?? 'delivered', 'delivered');
      } finally {
        await session.stop();
        await world.stop();
      }
    });
  }
});
