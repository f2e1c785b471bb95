import assert from 'node:assert/strict';
import { CommandError } from '../../src/cli/errors.ts';
import { incidentList, incidentNamed, incidentText, readIncidents } from '../../src/cli/incidents.ts';
import { run } from '../cli/command.ts';
import { EXAMPLES } from '../scenarios/examples.ts';

describe('incident scenarios', () => {
  it('are at least 25, each with a unique name, a story and threads', async () => {
    const incidents = await readIncidents();
    assert.ok(incidents.length >= 25, String(incidents.length));
    assert.equal(new Set(incidents.map(({ name }) => name)).size, incidents.length);
    for (const { name, title, story, goodMdm, threads } of incidents) {
      assert.ok(title.length > 0 && story.length > 20 && goodMdm.length > 20, name);
      for (const thread of threads) assert.match(thread, /^https:\/\//, name);
    }
  });

  it('are all played by a good and a bad scripted MDM', async () => {
    const played = new Set(EXAMPLES.map(({ scenario }) => scenario));
    const unplayed = (await readIncidents()).filter(({ name }) => !played.has(`incidents/${name}`));
    assert.deepEqual(unplayed, []);
  });

  it('are listed with titles and threads', async () => {
    const incidents = await readIncidents();
    const list = incidentList(incidents);
    for (const { name, title, threads } of incidents) {
      for (const part of [name, title, threads[0]!]) assert.ok(list.includes(part), part);
    }
  });

  it('are described with their story and what a good MDM does', async () => {
    const incident = await incidentNamed('stuck-cursor');
    const text = incidentText(incident);
    for (const part of [incident.title, incident.story, incident.goodMdm, ...incident.threads])
      assert.ok(text.includes(part));
  });

  it('suggest the nearest name for an unknown one', async () => {
    await assert.rejects(incidentNamed('stuck-curser'), (error) => {
      assert.ok(error instanceof CommandError);
      assert.match(`${error.message} ${error.hint}`, /stuck-curser.*did you mean stuck-cursor/);
      return true;
    });
  });
});

describe('crabapple incidents', () => {
  const PLAY = 'build/test/scenarios/play.js';

  for (const [title, args, code, output] of [
    ['lists the scenarios', [], 0, /stuck-cursor +The cursor is stuck\n +https:/],
    ['lists the scenarios with the command list', ['list'], 0, /stuck-cursor +The cursor is stuck\n +https:/],
    [
      'describes a scenario',
      ['show', 'stuck-cursor'],
      0,
      /A good MDM: Detects that the cursor does not advance/,
    ],
    [
      'run passes for a good MDM',
      ['run', 'terms-not-signed', '--', process.execPath, PLAY, 'incidents/terms-not-signed'],
      0,
      /passed/,
    ],
    [
      'run fails for a bad MDM',
      [
        'run',
        'modified-without-added',
        '--',
        process.execPath,
        PLAY,
        'incidents/modified-without-added',
        'assign',
      ],
      3,
      /assigns a profile to the Mac/,
    ],
    ['run rejects an unknown name', ['run', 'nothing', '--', 'true'], 2, /there is no incident "nothing"/],
    ['run needs a command', ['run', 'stuck-cursor'], 2, /the command is missing/],
  ] as const) {
    it(title, async () => {
      const end = await run('incidents', ...args);
      assert.equal(end.code, code, end.stderr);
      assert.match(end.stdout + end.stderr, output);
    });
  }
});
