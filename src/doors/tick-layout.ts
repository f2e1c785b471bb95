import { executionAsyncResource } from 'node:async_hooks';

let kept: object | undefined;

/**
 * Node makes an object with computed keys for every `process.nextTick`, of which a stream of HTTP/2 takes six. V8
 * knows their layout as long as there is one of them. A full collection while none waits, as in a server that is
 * idle, has it forgotten, and then V8 makes each of them the long way, seven times as long, until the process ends.
 * So one is kept.
 */
export function keepTickLayout(): void {
  if (kept !== undefined) return;
  process.nextTick(() => {
    kept = executionAsyncResource();
  });
}
