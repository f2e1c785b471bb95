/** What every behavior setting has beside its kind and its default. */
interface AboutSetting {
  /** What the setting decides, in one line. */
  readonly about: string;
  /** Where the default comes from: Apple's page, a public thread, or `default` for our own choice (docs/fidelity.md). */
  readonly source: string;
}

export interface IntegerSetting extends AboutSetting {
  readonly kind: 'integer';
  readonly default: number;
  readonly minimum: number;
  readonly maximum: number;
}

/** Written as `10m`, `24h`, `7d`; held in milliseconds. */
export interface DurationSetting extends AboutSetting {
  readonly kind: 'duration';
  readonly default: number;
}

export interface ChoiceSetting<Word extends string = string> extends AboutSetting {
  readonly kind: 'choice';
  readonly default: Word;
  readonly words: readonly Word[];
}

export interface FlagSetting extends AboutSetting {
  readonly kind: 'flag';
  readonly default: boolean;
}

export interface TextSetting extends AboutSetting {
  readonly kind: 'text';
  readonly default: string;
}

export interface TextListSetting extends AboutSetting {
  readonly kind: 'text_list';
  readonly default: readonly string[];
}

/** A documented switch of how the simulated Apple behaves. */
export type BehaviorSetting =
  | IntegerSetting
  | DurationSetting
  | ChoiceSetting
  | FlagSetting
  | TextSetting
  | TextListSetting;

export const integer = (
  value: number,
  [minimum, maximum]: readonly [minimum: number, maximum: number],
  about: string,
  source: string,
): IntegerSetting => ({ kind: 'integer', default: value, minimum, maximum, about, source });

export const duration = (milliseconds: number, about: string, source: string): DurationSetting => ({
  kind: 'duration',
  default: milliseconds,
  about,
  source,
});

/** The first word is the default. */
export const choice = <const Words extends readonly [string, ...string[]]>(
  words: Words,
  about: string,
  source: string,
): ChoiceSetting<Words[number]> => ({ kind: 'choice', default: words[0], words, about, source });

export const flag = (value: boolean, about: string, source: string): FlagSetting => ({
  kind: 'flag',
  default: value,
  about,
  source,
});

export const text = (value: string, about: string, source: string): TextSetting => ({
  kind: 'text',
  default: value,
  about,
  source,
});

export const textList = (value: readonly string[], about: string, source: string): TextListSetting => ({
  kind: 'text_list',
  default: value,
  about,
  source,
});

/** The settings of one service, by name. */
export type BehaviorTable = Readonly<Record<string, BehaviorSetting>>;

/** The settings of all services, by the name of the service. */
export type BehaviorTables = Readonly<Record<string, BehaviorTable>>;

/**
 * The tables whose types are known at compile time. A service adds its own with `declare module`; a service that is
 * registered at run time works without it.
 */
// biome-ignore lint/suspicious/noEmptyInterface: services add members to it
export interface KnownBehaviorTables {}

type ValueOf<Setting> =
  Setting extends ChoiceSetting<infer Word>
    ? Word
    : Setting extends { readonly kind: 'integer' | 'duration' }
      ? number
      : Setting extends FlagSetting
        ? boolean
        : Setting extends TextSetting
          ? string
          : Setting extends TextListSetting
            ? readonly string[]
            : never;

export type BehaviorValues<Table> = { readonly [Name in keyof Table]: ValueOf<Table[Name]> };

/** The value of every setting, by service. */
export type Behavior = {
  readonly [Service in keyof KnownBehaviorTables]: BehaviorValues<KnownBehaviorTables[Service]>;
};

/** Settings that differ from their defaults, by service. */
export type BehaviorSettings = {
  readonly [Service in keyof Behavior]?: Partial<Behavior[Service]> | undefined;
};

type PlainSettings = Readonly<Record<string, Readonly<Record<string, unknown>> | undefined>>;

/** Later settings win, one by one. */
export function settingsWith(former: BehaviorSettings, later: BehaviorSettings): BehaviorSettings {
  const [one, other]: readonly PlainSettings[] = [former, later];
  const services = new Set([...Object.keys(one!), ...Object.keys(other!)]);
  return Object.fromEntries(
    [...services].map((service) => [service, { ...one![service], ...other![service] }]),
  );
}

/** Frozen: the values are shared with callers. */
function valuesOf(table: BehaviorTable, settings: Readonly<Record<string, unknown>>): object {
  const values = Object.entries(table).map(([name, setting]) => {
    const value = settings[name] ?? setting.default;
    return [name, Array.isArray(value) ? Object.freeze([...value]) : value];
  });
  return Object.freeze(Object.fromEntries(values));
}

/** The value of every setting: the given one, else the default. */
export function behaviorWith(tables: BehaviorTables, settings: BehaviorSettings = {}): Behavior {
  const given: PlainSettings = settings;
  return Object.fromEntries(
    Object.entries(tables).map(([service, table]) => [service, valuesOf(table, given[service] ?? {})]),
  ) as unknown as Behavior;
}
