import type { ConnectionEffect } from '../../core/connection.ts';
import type { Response } from '../../core/outcome.ts';
import type { TransportLimits } from '../bounds.ts';
import type { Receiver } from '../receiver.ts';
import type { ErrorCode } from './frames/error-code.ts';
import type { Output } from './output.ts';
import type { Stream } from './stream.ts';
import type { Underway } from './underway.ts';

export interface SessionSurroundings {
  readonly receiver: Receiver;
  readonly bounds: TransportLimits;
  readonly underway: Underway;
  readonly output: Output;
}

/** What a stream needs of the connection that it is on. */
export interface StreamOwner {
  readonly surroundings: SessionSurroundings;
  /** @returns whether so many bytes more of unfinished bodies may be held */
  hold(bytes: number): boolean;
  release(bytes: number): void;
  /** A body that came in one piece, as it may be kept. */
  kept(bytes: Buffer, from: number, to: number): Uint8Array;
  /** @throws TypeError for what no header field can be */
  sendHead(stream: Stream, response: Pick<Response, 'status' | 'headers'>, endStream: boolean): void;
  /** Sends as much of what the stream has to send as the peer takes now, and the rest when it takes more. */
  sendBody(stream: Stream): void;
  reset(stream: Stream, code: ErrorCode): void;
  /** Nothing comes or goes on the stream any more. */
  forget(stream: Stream): void;
  /** What was written leaves now, unless more is being read that will be answered. */
  flush(): void;
  affect(effects: readonly ConnectionEffect[]): void;
  /** GOAWAY at once: neither this stream nor any other is answered. */
  dismiss(stream: Stream, reason: string | undefined): void;
  /** Closes in good order; what the peer still sends is read for a while, so that it sees our last frame. */
  end(): void;
}
