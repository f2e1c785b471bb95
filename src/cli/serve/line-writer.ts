import type { Writable } from 'node:stream';

/**
 * Writes lines, those of one turn of the event loop together: a write for each line takes longer than most answers
 * take to make. What still waits when the process exits is written then.
 */
export function createLineWriter(stream: Writable): (line: string) => void {
  let waiting = '';
  const flush = (): void => {
    const text = waiting;
    waiting = '';
    if (text !== '') stream.write(text);
  };
  process.on('exit', flush);
  // A reader that has gone (`serve | head`) is no reason to stop.
  stream.on('error', () => {});
  return (line) => {
    if (waiting === '') setImmediate(flush);
    waiting += `${line}\n`;
  };
}
