export interface IntegerKey {
  readonly kind: 'integer';
  readonly default: number;
  readonly minimum: number;
  readonly maximum: number;
}

/** Written as `10m`, `24h`, `7d`; held in milliseconds. */
export interface DurationKey {
  readonly kind: 'duration';
  readonly default: number;
}

export interface ChoiceKey<Word extends string = string> {
  readonly kind: 'choice';
  readonly default: Word;
  readonly words: readonly Word[];
}

export interface FlagKey {
  readonly kind: 'flag';
  readonly default: boolean;
}

export interface TextKey {
  readonly kind: 'text';
  readonly default: string;
}

export interface TextListKey {
  readonly kind: 'text_list';
  readonly default: readonly string[];
}

export type BehaviorKey = IntegerKey | DurationKey | ChoiceKey | FlagKey | TextKey | TextListKey;

type ValueOf<Key> =
  Key extends ChoiceKey<infer Word>
    ? Word
    : Key extends { readonly kind: 'integer' | 'duration' }
      ? number
      : Key extends FlagKey
        ? boolean
        : Key extends TextKey
          ? string
          : Key extends TextListKey
            ? readonly string[]
            : never;

export type BehaviorValues<Table> = { readonly [Name in keyof Table]: ValueOf<Table[Name]> };

/**
 * What each key of a table decides, in one line, and where its default comes from: Apple's page, a public thread, or
 * `default` where it is our own choice. Only the docs and the schema for editors need that.
 */
export type BehaviorTexts<Table> = {
  readonly [Name in keyof Table]: readonly [about: string, source: string];
};

export const integer = (value: number, minimum: number, maximum: number): IntegerKey => ({
  kind: 'integer',
  default: value,
  minimum,
  maximum,
});

export const duration = (milliseconds: number): DurationKey => ({ kind: 'duration', default: milliseconds });

/** The first word is the default. */
export const choice = <const Words extends readonly [string, ...string[]]>(
  words: Words,
): ChoiceKey<Words[number]> => ({ kind: 'choice', default: words[0], words });

export const flag = (value: boolean): FlagKey => ({ kind: 'flag', default: value });

export const text = (value: string): TextKey => ({ kind: 'text', default: value });

export const textList = (value: readonly string[]): TextListKey => ({ kind: 'text_list', default: value });
