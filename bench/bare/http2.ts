// A minimal HTTP/2 server over TLS: it reads the body and responds 200.
import { readFileSync } from 'node:fs';
import { createSecureServer } from 'node:http2';

const [port, certificate, key] = process.argv.slice(2);
const server = createSecureServer({ cert: readFileSync(certificate!), key: readFileSync(key!) });
server.on('stream', (stream) => {
  stream.resume();
  stream.on('end', () => {
    stream.respond({ ':status': 200 });
    stream.end();
  });
});
server.listen(Number(port), '127.0.0.1');
