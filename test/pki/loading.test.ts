import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { Command, urlOf } from '../cli/command.ts';
import { Folder } from '../cli/folder.ts';

// Runs in a process of the CLI before anything else: writes which packages are imported.
const HOOKS = `
  import { appendFileSync } from 'node:fs';
  export async function resolve(specifier, context, next) {
    if (/^(pkijs|asn1js|node-forge)$/.test(specifier)) appendFileSync(process.env.IMPORTED, specifier + '\\n');
    return next(specifier, context);
  }`;
const dataUrl = (code: string): string => `data:text/javascript,${encodeURIComponent(code)}`;
const PRELOAD = dataUrl(
  `import { register } from 'node:module'; register(${JSON.stringify(dataUrl(HOOKS))});`,
);

describe('loading of pkijs and node-forge', () => {
  const folder = new Folder();
  const file = folder.file('imported');
  const imported = (): readonly string[] =>
    existsSync(file) ? [...new Set(readFileSync(file, 'utf8').trim().split('\n'))].sort() : [];
  let server: Command;
  let url: string;

  before(async () => {
    server = new Command(['serve', '--port', '0'], {
      IMPORTED: file,
      NODE_OPTIONS: `--import=${PRELOAD}`,
    });
    url = await urlOf(server);
  });
  after(async () => {
    await server.stop();
    folder.remove();
  });

  it('does not happen when a server with TLS starts: asn1js writes its certificate', () => {
    assert.deepEqual(imported(), ['asn1js']);
  });

  it('happens with the first push certificate', async () => {
    const response = await fetch(`${url}/_crabapple/push-certificates`, { method: 'POST', body: '{}' });
    assert.equal(response.status, 201);
    assert.deepEqual(imported(), ['asn1js', 'node-forge', 'pkijs']);
  });
});
