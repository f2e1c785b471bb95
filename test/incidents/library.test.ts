import assert from 'node:assert/strict';
import { CommandError } from '../../src/cli/exit.ts';
import { incidentNamed, readIncidents } from '../../src/cli/incidents/library.ts';
import { incidentList, shownIncident } from '../../src/cli/incidents/text.ts';
import { run } from '../cli/command.ts';
import { EXAMPLES } from '../scenarios/examples.ts';

describe('the incident library', () => {
  it('has twenty-five incidents and more, each with a name of its own, a story and threads', async () => {
    const incidents = await readIncidents();
    assert.ok(incidents.length >= 25, String(incidents.length));
    assert.equal(new Set(incidents.map(({ name }) => name)).size, incidents.length);
    for (const { name, title, story, goodMdm, threads } of incidents) {
      assert.ok(title.length > 0 && story.length > 20 && goodMdm.length > 20, name);
      for (const thread of threads) assert.match(thread, /^https:\/\//, name);
    }
  });

  it('is played by a good and by a bad scripted MDM, every one', async () => {
    const played = new Set(EXAMPLES.map(({ scenario }) => scenario));
    const unplayed = (await readIncidents()).filter(({ name }) => !played.has(`incidents/${name}`));
    assert.deepEqual(unplayed, []);
  });

  it('is listed with titles and threads', async () => {
    const incidents = await readIncidents();
    const list = incidentList(incidents);
    for (const { name, title, threads } of incidents) {
      for (const part of [name, title, threads[0]!]) assert.ok(list.includes(part), part);
    }
  });

  it('tells a story with what a good MDM does', async () => {
    const incident = await incidentNamed('stuck-cursor');
    const text = shownIncident(incident);
    for (const part of [incident.title, incident.story, incident.goodMdm, ...incident.threads])
      assert.ok(text.includes(part));
  });

  it('names the nearest where one is not there', async () => {
    await assert.rejects(incidentNamed('stuck-curser'), (error) => {
      assert.ok(error instanceof CommandError);
      assert.match(`${error.message} ${error.hint}`, /stuck-curser.*did you mean stuck-cursor/);
      return true;
    });
  });
});

describe('crabapple incidents', () => {
  const PLAY = 'build/test/scenarios/play.js';

  for (const [what, args, code, told] of [
    ['lists them', [], 0, /stuck-cursor +The cursor is stuck\n +https:/],
    ['tells one', ['show', 'stuck-cursor'], 0, /A good MDM: Detects that the cursor does not advance/],
    [
      'passes a good MDM',
      ['run', 'terms-not-signed', '--', process.execPath, PLAY, 'incidents/terms-not-signed'],
      0,
      /passed/,
    ],
    [
      'fails a bad one',
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
    ['refuses one that is not there', ['run', 'nothing', '--', 'true'], 2, /no incident is named "nothing"/],
    ['refuses to run without a command', ['run', 'stuck-cursor'], 2, /no command is given/],
  ] as const) {
    it(what, async () => {
      const end = await run('incidents', ...args);
      assert.equal(end.code, code, end.stderr);
      assert.match(end.stdout + end.stderr, told);
    });
  }
});
