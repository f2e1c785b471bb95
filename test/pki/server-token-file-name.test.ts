import assert from 'node:assert/strict';
import { serverTokenFileName } from '../../src/pki/server-token.ts';

describe('file name of a server token', () => {
  const issuedAt = Date.parse('2018-09-19T18:06:09.750Z');
  const names: readonly (readonly [serverName: string, inFileName: string])[] = [
    // https://github.com/micromdm/micromdm/issues/510
    ['server.thing.com', 'server.thing.com'],
    ['My MDM (test)', 'My_MDM_test_'],
    ['Käserei 東京', 'Käserei_東京'],
    ['../../etc/passwd', '_.._etc_passwd'],
    ['C:\\server', 'C_server'],
    ['line\r\nbreak"', 'line_break_'],
    ['.hidden', 'hidden'],
    ['', 'server'],
    ['x'.repeat(300), 'x'.repeat(50)],
  ];
  for (const [serverName, inFileName] of names) {
    it(JSON.stringify(serverName).slice(0, 40), () => {
      assert.equal(
        serverTokenFileName(serverName, issuedAt),
        `${inFileName}_Token_2018-09-19T18-06-09Z_smime.p7m`,
      );
    });
  }
});
