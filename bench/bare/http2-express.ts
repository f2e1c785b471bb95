// The same on Express 5 with http2-express.
import { readFileSync } from 'node:fs';
import { createSecureServer, type Http2ServerRequest, type Http2ServerResponse } from 'node:http2';
import express, { type Express } from 'express';
import { requirePeer } from '../harness/peers.ts';

const [port, certificate, key] = process.argv.slice(2);
const http2Express = requirePeer('http2-express') as (framework: typeof express) => Express;
const app = http2Express(express);
app.post('/3/device/:token', (request, response) => {
  request.resume();
  request.on('end', () => response.status(200).end());
});
createSecureServer(
  { cert: readFileSync(certificate!), key: readFileSync(key!) },
  app as unknown as (request: Http2ServerRequest, response: Http2ServerResponse) => void,
).listen(Number(port), '127.0.0.1');
