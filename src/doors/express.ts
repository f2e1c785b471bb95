import express, { type Express } from 'express';
import type { Outcome } from '../http/outcome.ts';
import type { HttpRequest } from '../http/request.ts';

export function createExpressDoor(handle: (request: HttpRequest) => Outcome | Promise<Outcome>): Express {
  const app = express();
  app.disable('x-powered-by');
  app.use((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', async () => {
      const [path = '', query = ''] = request.originalUrl.split(/\?(.*)/s);
      const outcome = await handle({
        method: request.method,
        scheme: 'http',
        authority: request.headers.host ?? '',
        path,
        query,
        headers: Object.fromEntries(
          Object.entries(request.headers).map(([name, value]) => [
            name,
            Array.isArray(value) ? value.join(', ') : value,
          ]),
        ),
        body: Buffer.concat(chunks),
        entrance: { door: 'express' },
      });
      if (outcome.kind !== 'response') return request.socket.destroy();
      response.writeHead(outcome.status, outcome.headers as Record<string, string>);
      return response.end(outcome.body as string);
    });
  });
  return app;
}
