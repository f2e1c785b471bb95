export interface ResponseView {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: unknown;
}

/** The parts of an exchange that locations select: `$.body`, `$.headers`, `$.query`, `$.path`, `$.method`, `$.response`. */
export interface ExchangeView {
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, unknown>>;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: unknown;
  readonly response?: ResponseView | undefined;
  /** For matchers that compare with the organization. Locations cannot select it. */
  readonly domain?: Domain | undefined;
}

/** Name of the MDM server that owns a device or a profile; null if none owns it any more. */
export type Owner = string | null;

/** Facts of an organization that matchers compare with, for one request. */
export interface Domain {
  /** Undefined if no device of the organization ever had the serial number. */
  ownerOfDevice(serialNumber: string): Owner | undefined;
  /** Undefined if no MDM server of the organization has defined the profile. */
  ownerOfProfile(profileUuid: string): Owner | undefined;
  /** Name of the MDM server that sent the request; undefined if its credential belongs to none. */
  readonly mdmServer: string | undefined;
  /** The device that a push is for, by the path of the request; undefined if the organization has no such device. */
  pushedDevice(path: string): { readonly serialNumber: string; readonly pushMagic: string } | undefined;
}
