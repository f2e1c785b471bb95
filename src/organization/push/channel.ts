import type { PushEnvironment } from '../../core/push-environment.ts';

/** Environment and app of a broadcast channel. Environments do not share ids. */
export interface ChannelHome {
  readonly environment: PushEnvironment;
  readonly app: string;
}

/** https://developer.apple.com/documentation/usernotifications/sending-channel-management-requests-to-apns */
export interface Channel {
  /** Base64. */
  readonly id: string;
  /** 1 keeps the newest broadcast for a while, 0 keeps none. */
  readonly storagePolicy: 0 | 1;
  readonly pushType: string;
}

export interface BroadcastChannel extends Channel {
  broadcasts: number;
}

/** Channels by environment and app. Plain data. */
export type SavedChannels = readonly (readonly [
  home: string,
  channels: readonly Readonly<BroadcastChannel>[],
])[];

export class Channels {
  readonly #byHome = new Map<string, Map<string, BroadcastChannel>>();

  #of({ environment, app }: ChannelHome): Map<string, BroadcastChannel> | undefined {
    return this.#byHome.get(`${environment} ${app}`);
  }

  find(home: ChannelHome, id: string): Readonly<BroadcastChannel> | undefined {
    return this.#of(home)?.get(id);
  }

  ids(home: ChannelHome): readonly string[] {
    return [...(this.#of(home)?.keys() ?? [])];
  }

  count(home: ChannelHome): number {
    return this.#of(home)?.size ?? 0;
  }

  add(home: ChannelHome, channel: Channel): void {
    const kept = { ...channel, broadcasts: 0 };
    const channels = this.#of(home);
    if (channels === undefined) {
      this.#byHome.set(`${home.environment} ${home.app}`, new Map([[channel.id, kept]]));
    } else channels.set(channel.id, kept);
  }

  save(): SavedChannels {
    return [...this.#byHome].map(([home, channels]) => [
      home,
      [...channels.values()].map((channel) => ({ ...channel })),
    ]);
  }

  restore(saved: SavedChannels): void {
    for (const [home, channels] of saved)
      this.#byHome.set(home, new Map(channels.map((channel) => [channel.id, { ...channel }])));
  }

  delete(home: ChannelHome, id: string): void {
    this.#of(home)?.delete(id);
  }

  countBroadcast(home: ChannelHome, id: string): void {
    const channel = this.#of(home)?.get(id);
    if (channel !== undefined) channel.broadcasts += 1;
  }
}

export type ChannelReader = Omit<Channels, 'add' | 'delete' | 'countBroadcast' | 'restore'>;
