import type { DoorBounds } from '../bounds.ts';
import type { Receiver } from '../receiver.ts';
import type { Http2Door } from './door.ts';

/** An HTTP/2 door that is there when the first client comes: `node:http2` takes a while to load. */
export function lazyHttp2Door(receiver: Receiver, bounds: DoorBounds): Http2Door {
  let loading: Promise<void> | undefined;
  let door: Http2Door | undefined;
  const load = async (): Promise<void> => {
    const { createHttp2Door } = await import('./door.ts');
    door = createHttp2Door(receiver, bounds);
  };
  return {
    accept(socket, connection) {
      if (door !== undefined) return door.accept(socket, connection);
      socket.on('error', () => {});
      loading ??= load();
      void loading.then(() => {
        if (!socket.destroyed) door?.accept(socket, connection);
      });
    },
    close: () => door?.close(),
  };
}
