import type { ServerHttp2Stream } from 'node:http2';
import type { ConnectionEffect } from '../../http/connection.ts';
import type { DoorBounds } from '../bounds.ts';
import type { Receiver } from '../receiver.ts';
import type { Underway } from './underway.ts';

export interface SessionSurroundings {
  readonly receiver: Receiver;
  readonly bounds: DoorBounds;
  readonly underway: Underway;
}

/** What a request of a stream needs of the connection that it came on. */
export interface StreamOwner {
  readonly surroundings: SessionSurroundings;
  /** Told by each request when its stream is gone. */
  ended(): void;
  /** @returns whether so many bytes more of unfinished bodies may be held */
  hold(bytes: number): boolean;
  release(bytes: number): void;
  /** A body that came in one piece, as it may be kept. */
  kept(piece: Buffer): Uint8Array;
  affect(effects: readonly ConnectionEffect[]): void;
  /** GOAWAY at once: neither this stream nor any other is answered. */
  dismiss(stream: ServerHttp2Stream, reason: string | undefined): void;
  /** Closes in good order; what the peer still sends is read for a while, so that it sees our last frame. */
  end(): void;
}
