export interface ResponseView {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: unknown;
}

/** The exchange as locations see it: `$.body`, `$.headers`, `$.query`, `$.path`, `$.method`, `$.response`. */
export interface ExchangeView {
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, unknown>>;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: unknown;
  readonly response?: ResponseView | undefined;
  /** No location; what matchers that know the domain ask. */
  readonly domain?: Domain | undefined;
}

/** The MDM server that a device or a profile belongs to, by name; null where it belongs to none any more. */
export type Owner = string | null;

/** What the simulated Apple knows that a matcher can ask for, seen from one request. */
export interface Domain {
  /** Undefined where no device of the organization ever had the serial number. */
  ownerOfDevice(serialNumber: string): Owner | undefined;
  /** Undefined where no MDM server of the organization has defined the profile. */
  ownerOfProfile(profileUuid: string): Owner | undefined;
  /** Name of the MDM server that sent the request; undefined where its credential names none. */
  readonly asking: string | undefined;
  /** The device whom a push is for, by the path of the request; undefined where it names none of the organization. */
  pushedDevice(path: string): { readonly serialNumber: string; readonly pushMagic: string } | undefined;
}
