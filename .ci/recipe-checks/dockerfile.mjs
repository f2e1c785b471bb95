// Follows the instructions of the Dockerfile in empty folders in place of images, without a container engine. Then runs the
// entry point as an unprivileged user with only the file's environment, runs the health check, and sends the stop signal.
import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NODES } from '../../test/consumers/nodes/nodes.js';

/** The instructions, in order. Comments within continued lines and escapes are not supported. */
const instructions = readFileSync('Dockerfile', 'utf8')
  .replaceAll(/^#.*\n/gm, '')
  .replaceAll(/\\\n\s*/g, '')
  .split('\n')
  .filter((line) => line.trim() !== '')
  .map((line) => /^(\w+) (.*)$/.exec(line).slice(1));

const folder = mkdtempSync(join(tmpdir(), 'crabapple-dockerfile-'));
// The image's user must be able to read it.
chmodSync(folder, 0o755);

function bash(command, cwd, env = process.env) {
  const { status, stdout, stderr } = spawnSync('bash', ['-euc', command], { cwd, env, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${command} ended with ${status}\n${stdout}${stderr}`);
}

/** The files of the build context: the exceptions of .dockerignore. */
function context() {
  const place = join(folder, 'context');
  mkdirSync(place);
  const seen = readFileSync('.dockerignore', 'utf8').match(/^!.+$/gm) ?? [];
  bash(`cp -R ${seen.map((line) => line.slice(1)).join(' ')} '${place}'`, process.cwd());
  return place;
}

/** A folder in place of an image, with the image's Node version. */
function emptyImage(from, index) {
  const [, major] = /^node:(\d+)-slim$/.exec(from) ?? [];
  const node = NODES.find((each) => each.major === major);
  if (node === undefined) throw new Error(`FROM ${from}: no such Node is among the consumers'`);
  if (node.missing !== undefined) {
    console.log(`Dockerfile: skipped, ${node.missing}`);
    process.exit(75);
  }
  const root = join(folder, `stage-${index}`);
  mkdirSync(join(root, 'usr/bin'), { recursive: true });
  cpSync(node.program, join(root, 'usr/bin/node'));
  return { root, workdir: '/', environment: {}, user: '0:0' };
}

const CONTEXT = { root: context(), workdir: '/' };
const stages = new Map();
let stage;

const within = ({ root, workdir }, path) => join(root, path.startsWith('/') ? path : join(workdir, path));
const isFolderIn = (sources, target) => sources.length > 1 || target.endsWith('/');

/** The machine's programs are used, except its Node. */
const pathOf = ({ root, environment }) => {
  const path = environment.PATH ?? '$PATH';
  const inside = path.split(':').flatMap((part) => (part === '$PATH' ? [] : [join(root, part)]));
  return [...inside, join(root, 'usr/bin'), '/usr/local/bin', '/usr/bin', '/bin'].join(':');
};

const CARRY_OUT = {
  FROM(text) {
    const [from, , name = String(stages.size)] = text.split(' ');
    stage = emptyImage(from, stages.size);
    stages.set(name, stage);
  },
  WORKDIR(path) {
    stage.workdir = path;
    mkdirSync(within(stage, path), { recursive: true });
  },
  COPY(text) {
    const [, from, paths] = /^(?:--from=(\S+) )?(.*)$/.exec(text);
    const [target, ...sources] = paths.split(' ').reverse();
    const place = from === undefined ? CONTEXT : stages.get(from);
    for (const source of sources) {
      const found = within(place, source);
      const into = within(stage, target);
      // A folder's contents are copied, a file as it is; a trailing `.` means the contents.
      bash(
        `for each in ${found}; do
           if [ -d "$each" ]; then mkdir -p '${into}'; cp -a "$each"/. '${into}'/
           elif ${isFolderIn(sources, target)}; then mkdir -p '${into}'; cp -a "$each" '${into}'/
           else cp -a "$each" '${into}'; fi
         done`,
        stage.root,
      );
    }
  },
  RUN(command) {
    bash(command, within(stage, '.'), {
      ...process.env,
      ...stage.environment,
      PATH: `${pathOf(stage)}:${process.env.PATH}`,
    });
  },
  ENV(text) {
    for (const [, name, value] of text.matchAll(/(\w+)=(\S+)/g)) stage.environment[name] = value;
  },
  USER(user) {
    stage.user = user;
  },
  STOPSIGNAL(signal) {
    stage.signal = signal;
  },
  HEALTHCHECK(text) {
    stage.health = JSON.parse(/CMD (\[.*\])$/.exec(text)[1]);
  },
  ENTRYPOINT(text) {
    stage.entry = JSON.parse(text);
  },
  CMD(text) {
    stage.command = JSON.parse(text);
  },
  LABEL() {},
  EXPOSE() {},
};

const freePort = () =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });

async function runImage({ root, workdir, environment, user, health, entry, command, signal }) {
  const [uid, gid] = user.split(':').map(Number);
  if (!(uid > 0)) throw new Error(`the image runs as ${user}`);
  const [port, tlsPort] = [await freePort(), await freePort()];
  const env = {
    ...environment,
    PATH: pathOf({ root, environment }),
    // The default ports may be in use on this machine; the address stays loopback.
    CRABAPPLE_HOST: '127.0.0.1',
    CRABAPPLE_PORT: String(port),
    CRABAPPLE_TLS_PORT: String(tlsPort),
    CRABAPPLE_URL: `http://127.0.0.1:${port}`,
  };
  const identity = process.getuid() === 0 ? { uid, gid } : {};
  if (identity.uid === undefined) console.log('Dockerfile: this is not root, so the user stays who it is');
  mkdirSync(join(root, workdir), { recursive: true });
  const options = { cwd: join(root, workdir), env, ...identity };
  const writable = spawnSync('bash', ['-c', `find '${root}' -writable -not -type l | head -3`], {
    ...options,
    encoding: 'utf8',
  });
  if (identity.uid !== undefined && writable.stdout !== '')
    throw new Error(`${user} may write to ${writable.stdout}`);

  const server = spawn(entry[0], [...entry.slice(1), ...command], {
    ...options,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [server.stdout, server.stderr]) stream.on('data', (text) => (said += text));
  const ended = new Promise((resolve) => server.once('close', (code, by) => resolve(by ?? code)));
  let check;
  for (let attempt = 0; attempt < 100; attempt += 1) {
    check = spawnSync(health[0], health.slice(1), { ...options, encoding: 'utf8' });
    if (check.status === 0 || server.exitCode !== null) break;
  }
  server.kill(signal);
  const end = await ended;
  if (check.status !== 0) throw new Error(`the health check says ${check.stderr}\n${said}`);
  if (end !== 0) throw new Error(`after ${signal} it ended with ${end}\n${said}`);
  return check.stdout.trim();
}

try {
  for (const [instruction, text] of instructions) {
    const carryOut = CARRY_OUT[instruction];
    if (carryOut === undefined) throw new Error(`the instruction ${instruction} is unknown to this check`);
    carryOut(text);
  }
  const health = await runImage(stage);
  console.log(
    `Dockerfile: each of ${instructions.length} instructions done, as user ${stage.user}: ${health}`,
  );
} finally {
  rmSync(folder, { recursive: true, force: true });
}
