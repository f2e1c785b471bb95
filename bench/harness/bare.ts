import { resolve } from 'node:path';
import { freePort } from '../../test/clients/ports.ts';
import { compileWithPushy, hasJava, PUSHY, pushyArguments } from '../../test/clients/pushy-programs.ts';
import { ServerProgram } from './server-program.ts';

type BareServer = 'node-http' | 'express-json';

type SecureBareServer = 'http2' | 'http2-express';

/** The smallest servers with the same responses, to compare with. */
export async function startBare(
  name: BareServer,
  parameters: readonly string[] = [],
): Promise<ServerProgram> {
  const port = await freePort();
  const program = resolve(`build/bench/bare/${name}.js`);
  return ServerProgram.start({ name, parameters: [program, String(port), ...parameters], port });
}

/** @param parameters files of certificate and private key */
export async function startSecureBare(
  name: SecureBareServer,
  parameters: readonly string[],
): Promise<ServerProgram> {
  const port = await freePort();
  const program = resolve(`build/bench/bare/${name}.js`);
  return ServerProgram.start({
    name,
    parameters: [program, String(port), ...parameters],
    port,
    secure: true,
  });
}

/**
 * The server of pushy's own benchmarks; undefined without a JVM or Maven.
 *
 * @param parameters files of certificate and private key
 */
export async function startPushyServer(parameters: readonly string[]): Promise<ServerProgram | undefined> {
  if (!hasJava()) return undefined;
  compileWithPushy('bench/bare/PushyServer.java');
  const port = await freePort();
  return ServerProgram.start({
    name: PUSHY,
    command: 'java',
    parameters: pushyArguments('PushyServer', [String(port), ...parameters]),
    port,
    secure: true,
  });
}
