// An Express route that responds with one value from memory, stringified each time.
import { readFileSync } from 'node:fs';
import express from 'express';

const [port, file] = process.argv.slice(2);
const value = JSON.parse(readFileSync(file!, 'utf8'));
const app = express();
app.get('/', (_, response) => {
  response.json({});
});
app.get('/account', (_, response) => {
  response.json(value);
});
app.post('/server/devices', (_, response) => {
  response.json(value);
});
app.get('/mdm/v2/assignments', (_, response) => {
  response.json(value);
});
app.post('/mdm/v2/assets/associate', express.json({ limit: '10mb' }), (_, response) => {
  response.json({});
});
app.listen(Number(port), '127.0.0.1');
