// A minimal Node HTTP server.
import { createServer } from 'node:http';

createServer((_, response) => {
  response.setHeader('content-type', 'application/json');
  response.end('{}');
}).listen(Number(process.argv[2]), '127.0.0.1');
