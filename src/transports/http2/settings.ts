import type { ConnectionSettings } from '../../core/connection.ts';
import { ConnectionError, ERROR_CODE, protocolError } from './frames.ts';

/** RFC 9113 section 6.5.2. */
export const SETTING = {
  headerTableSize: 0x1,
  enablePush: 0x2,
  maxConcurrentStreams: 0x3,
  initialWindowSize: 0x4,
  maxFrameSize: 0x5,
  maxHeaderListSize: 0x6,
} as const;

export const MAX_WINDOW: number = 2 ** 31 - 1;
/** Window of a connection, and of a stream until SETTINGS change it: RFC 9113 section 6.9.2. */
export const DEFAULT_WINDOW = 65_535;

const SETTING_OCTETS = 6;

/** The settings that Apple's server announces: https://github.com/jchambers/pushy/issues/878. */
const APPLE_SETTINGS: Required<ConnectionSettings> = {
  headerTableSize: 4096,
  initialWindowSize: 65_535,
  maxFrameSize: 16_384,
  maxHeaderListSize: 8000,
};

export const announcedSettings = (
  settings: ConnectionSettings | undefined,
): Required<ConnectionSettings> => ({
  ...APPLE_SETTINGS,
  ...settings,
});

/** The members of our SETTINGS frame. */
export function settingsToSend(
  { headerTableSize, initialWindowSize, maxFrameSize, maxHeaderListSize }: Required<ConnectionSettings>,
  maxConcurrentStreams: number,
): readonly (readonly [identifier: number, value: number])[] {
  return [
    [SETTING.headerTableSize, headerTableSize],
    [SETTING.maxConcurrentStreams, maxConcurrentStreams],
    [SETTING.initialWindowSize, initialWindowSize],
    [SETTING.maxFrameSize, maxFrameSize],
    [SETTING.maxHeaderListSize, maxHeaderListSize],
  ];
}

/** The settings of a peer that matter here. Its frame size does not: our frames have the size that every peer accepts. */
export interface PeerSettings {
  /** The initial window of its streams, if it sets one. */
  readonly initialWindow: number | undefined;
  /** Whether it sets the size of its header table. */
  readonly resizesTable: boolean;
}

/** @throws ConnectionError */
export function readSettings(bytes: Buffer, from: number, to: number): PeerSettings {
  if ((to - from) % SETTING_OCTETS !== 0)
    throw new ConnectionError(ERROR_CODE.frameSizeError, `SETTINGS of ${to - from} octets`);
  let initialWindow: number | undefined;
  let resizesTable = false;
  for (let at = from; at < to; at += SETTING_OCTETS) {
    const value = bytes.readUInt32BE(at + 2);
    switch (bytes.readUInt16BE(at)) {
      case SETTING.headerTableSize:
        resizesTable = true;
        break;
      case SETTING.enablePush:
        if (value > 1) throw outOfRange('ENABLE_PUSH', value);
        break;
      case SETTING.initialWindowSize:
        if (value > MAX_WINDOW)
          throw new ConnectionError(ERROR_CODE.flowControlError, `SETTINGS_INITIAL_WINDOW_SIZE is ${value}`);
        initialWindow = value;
        break;
      case SETTING.maxFrameSize:
        if (value < 16_384 || value > 16_777_215) throw outOfRange('MAX_FRAME_SIZE', value);
        break;
    }
  }
  return { initialWindow, resizesTable };
}

const outOfRange = (setting: string, value: number): ConnectionError =>
  protocolError(`SETTINGS_${setting} is ${value}`);
