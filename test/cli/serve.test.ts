import assert from 'node:assert/strict';
import { existsSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { Wire } from '../transports/wire.ts';
import { Command, jsonWithin, urlOf } from './command.ts';
import { Folder } from './folder.ts';

describe('crabapple serve', () => {
  let folder: Folder;
  let server: Command;
  beforeEach(() => {
    folder = new Folder();
  });
  afterEach(async () => {
    await server.stop();
    folder.remove();
  });

  function serve(parameters: readonly string[], variables: Readonly<Record<string, string>> = {}): Command {
    server = new Command(['serve', '--port', '0', ...parameters], variables);
    return server;
  }

  it('prints the default scenario and how to connect, without secrets', async () => {
    const url = await urlOf(serve([]));
    const text = await server.wrote(/to stop\./);
    assert.match(text, /Crabapple Orchards.*First MDM +133 devices +CK_.*Second MDM +10 devices/s);
    assert.match(text, /crabapple token --public-key nanodep.pem/);
    assert.match(text, new RegExp(`MICROMDM_DEPSIM_URL=${url} micromdm serve`));
    assert.match(text, new RegExp(`nano_dep_names .*'${url}/'`));
    assert.doesNotMatch(text, /CS_|AT_|AS_/);
  });

  it('logs each request with its operation, status and reason', async () => {
    const url = await urlOf(serve([]));
    await fetch(`${url}/accuont?a=b`);
    await fetch(`${url}/account`);
    const text = await server.wrote(/dep.account.*\n.*\n/);
    assert.match(text, /\n\d\d:\d\d:\d\d 404 - +GET +\/accuont\?a=b\n +why .*did you mean \/account\?\n/);
    assert.match(text, /\n\d\d:\d\d:\d\d 401 dep.account +GET +\/account\n +why the X-ADM-Auth-Session/);
  });

  it('logs control API requests, and the reason for an error', async () => {
    const url = await urlOf(serve([]));
    await fetch(`${url}/_crabapple/clock`, { method: 'POST', body: '{"advance": "1h"}' });
    await fetch(`${url}/_crabapple/actions`, { method: 'POST', body: '{"add_device": []}' });
    const text = await server.wrote(/control .*actions\n.*\n/);
    assert.match(text, /\n\d\d:\d\d:\d\d 200 control +POST +\/_crabapple\/clock\n/);
    assert.match(text, /\n\d\d:\d\d:\d\d 400 control +POST +\/_crabapple\/actions\n +why .*add_device/);
  });

  it('names the organization in the log if there are several', async () => {
    const url = await urlOf(
      serve([folder.file('one.yaml', 'name: One\n'), folder.file('two.yaml', 'name: Two\ndepsim: true\n')]),
    );
    await fetch(`${url}/token`);
    assert.match(
      await server.wrote(/simulator.token.*\n/),
      /200 dep.simulator.token +GET +\/token \(two\)\n/,
    );
  });

  it('logs JSON lines with CRABAPPLE_LOG_FORMAT=json', async () => {
    serve([], { CRABAPPLE_LOG_FORMAT: 'json' });
    const listening = JSON.parse(await server.wrote(/\n/)) as { url: string; msg: string };
    assert.equal(listening.msg, 'listening');
    await fetch(`${listening.url}/account`);
    const line = (await server.wrote(/dep.account.*\n/)).split('\n')[1]!;
    const { operation, status, why, level, msg } = JSON.parse(line) as Record<string, unknown>;
    assert.deepEqual([level, msg], [40, 'request failed']);
    assert.deepEqual(
      [operation, status, why],
      ['dep.account', 401, 'the X-ADM-Auth-Session header is missing'],
    );
  });

  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    it(`closes its connections and removes its ready file on ${signal}`, async () => {
      const file = folder.file('ready.json');
      const url = await urlOf(serve(['--ready-file', file]));
      const ready = jsonWithin(file);
      assert.deepEqual([ready.pid, ready.url], [server.pid, url]);
      assert.equal((ready.env as Record<string, string>).CRABAPPLE_URL, url);
      assert.equal(statSync(file).mode & 0o077, 0);
      const wire = await Wire.to(Number(new URL(url).port));
      await wire.send('GET /account HTTP/1.1', 'Host: a', '', '').until(/^HTTP/);
      server.signal(signal);
      await wire.ended();
      const { code, stderr } = await server.ended;
      assert.deepEqual([code, stderr], [0, '']);
      assert.ok(!existsSync(file));
    });
  }

  it('keeps the ready file of another server', async () => {
    const file = folder.file('ready.json');
    await urlOf(serve(['--ready-file', file]));
    folder.file('ready.json', '{"pid": 1}');
    await server.stop();
    assert.deepEqual(jsonWithin(file), { pid: 1 });
  });

  it('continues after its standard output was closed', async () => {
    const url = await urlOf(serve([]));
    server.stopReading();
    for (let request = 0; request < 3; request += 1) await fetch(`${url}/account`);
    assert.equal((await fetch(`${url}/_crabapple/health`)).status, 200);
    assert.equal((await server.stop()).code, 0);
  });

  it('prints a hint if its port is in use', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => other.once('listening', resolve));
    const { port } = other.address() as { port: number };
    const file = folder.file('ready.json', '{"pid": 1}');
    const { code, stderr } = await serve(['--port', String(port), '--ready-file', file]).ended;
    other.close();
    assert.equal(code, 1);
    assert.match(stderr, new RegExp(`^error: port ${port} of 127.0.0.1 is in use\n  .*--port 0`));
    assert.ok(!existsSync(file));
  });
});
