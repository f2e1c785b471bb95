import assert from 'node:assert/strict';
import { run } from './command.ts';
import { Folder } from './folder.ts';

interface Case {
  readonly args: readonly string[];
  readonly code: number;
  readonly stdout?: RegExp;
  readonly stderr?: RegExp;
}

const CASES: readonly Case[] = [
  { args: ['--version'], code: 0, stdout: /^\d+\.\d+\.\d+\n$/ },
  { args: ['serve', '--fsync'], code: 2, stderr: /^error: --fsync needs --data\n/ },
  { args: ['declaration', '--help'], code: 0, stdout: /init \[options\]/ },
  { args: ['help', 'incidents'], code: 0, stdout: /list.*run.*show/s },
  { args: ['incidnts'], code: 2, stderr: /unknown command 'incidnts'\n\(Did you mean incidents\?\)/ },
  { args: ['serve', '--help'], code: 0, stdout: /--ready-file <file>.*CRABAPPLE_READY_FILE/s },
  { args: [], code: 2, stderr: /^Usage: crabapple/ },
  { args: ['srve'], code: 2, stderr: /unknown command 'srve'\n\(Did you mean serve\?\)/ },
  { args: ['serve', '--prot', '1'], code: 2, stderr: /unknown option '--prot'\n\(Did you mean --port\?\)/ },
  { args: ['serve', '--port', '65536'], code: 2, stderr: /Expected a port from 0 to 65535/ },
  { args: ['serve', '--log-format', 'xml'], code: 2, stderr: /Allowed choices are pretty, json/ },
  { args: ['serve', '--public-url', 'apple.test'], code: 2, stderr: /Expected a URL such as http/ },
  {
    args: ['serve', 'FOLDER/missing.yaml'],
    code: 2,
    stderr: /^error: the file \S+missing.yaml does not exist\n$/,
  },
  { args: ['serve', 'FOLDER'], code: 2, stderr: /is a folder/ },
  {
    args: ['serve', 'FOLDER/wrong.yaml'],
    code: 2,
    stderr: /^\S+wrong.yaml:2:1: error: unknown key `sed`\n.*\^\^\^ did you mean `seed`\?\n$/s,
  },
  {
    args: ['serve', '--port', '0', '--ready-file', 'FOLDER/no/ready'],
    code: 1,
    stderr: /cannot write the ready file/,
  },
  { args: ['validate', 'FOLDER/good.yaml'], code: 0, stdout: /^\S+good.yaml: ok\n$/ },
  { args: ['validate', 'scenarios/declarations/intune.yaml'], code: 0, stdout: /^\S+intune.yaml: ok\n$/ },
  {
    args: ['validate', 'FOLDER/declaration.yaml'],
    code: 2,
    stdout: /^\S+declaration.yaml:2:8: error: expected a list, got the text "none"/,
  },
  {
    args: ['validate', 'FOLDER/good.yaml', 'FOLDER/wrong.yaml', 'FOLDER/missing.yaml'],
    code: 2,
    stdout: /good.yaml: ok\n\S+wrong.yaml:2:1: .*missing.yaml:1:1: error: the file \S+ does not exist/s,
  },
  {
    args: ['validate', '--format', 'github', 'FOLDER/wrong.yaml'],
    code: 2,
    stdout:
      /^::error file=\S+wrong.yaml,line=2,col=1,endColumn=4::unknown key `sed`: did you mean `seed`\?\n$/,
  },
  { args: ['validate', '--format', 'json', 'FOLDER/wrong.yaml'], code: 2, stdout: /^\[\s+\{\s+"file": / },
  { args: ['readyz', '--timeout', 'soon'], code: 2, stderr: /Expected a duration such as 500ms/ },
  { args: ['env', '--url', 'http://127.0.0.1:9'], code: 1, stderr: /no response from.*crabapple serve/s },
  { args: ['token'], code: 2, stderr: /required option '--public-key <file>' not specified/ },
  {
    args: ['token', '--public-key', 'FOLDER/missing.pem'],
    code: 2,
    stderr: /cannot read the certificate.*openssl req/s,
  },
];

describe('command line', () => {
  const folder = new Folder();
  before(() => {
    folder.file('good.yaml', 'name: good\n');
    folder.file('wrong.yaml', 'name: wrong\nsed: 7\n');
    folder.file('declaration.yaml', 'name: wrong\nrows:  none\n');
  });
  after(() => folder.remove());

  for (const { args, code, stdout = /^$/, stderr = /^$/ } of CASES) {
    it(`crabapple ${args.join(' ')}`, async () => {
      const ended = await run(...args.map((text) => text.replace('FOLDER', folder.path)));
      assert.match(ended.stderr, stderr);
      assert.match(ended.stdout, stdout);
      assert.equal(ended.code, code);
    });
  }
});
