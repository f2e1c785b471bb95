interface KeyText {
  /** What it decides, one line. */
  readonly about: string;
  /** Where the default comes from: Apple's page, a public thread, or `default` where it is our own choice. */
  readonly source: string;
}

export interface IntegerKey extends KeyText {
  readonly kind: 'integer';
  readonly default: number;
  readonly minimum: number;
  readonly maximum: number;
}

/** Written as `10m`, `24h`, `7d`; held in milliseconds. */
export interface DurationKey extends KeyText {
  readonly kind: 'duration';
  readonly default: number;
}

export interface ChoiceKey<Word extends string = string> extends KeyText {
  readonly kind: 'choice';
  readonly default: Word;
  readonly words: readonly Word[];
}

export interface FlagKey extends KeyText {
  readonly kind: 'flag';
  readonly default: boolean;
}

export interface TextKey extends KeyText {
  readonly kind: 'text';
  readonly default: string;
}

export interface TextListKey extends KeyText {
  readonly kind: 'text_list';
  readonly default: readonly string[];
}

export type BehaviourKey = IntegerKey | DurationKey | ChoiceKey | FlagKey | TextKey | TextListKey;

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

export type BehaviourValues<Table> = { readonly [Name in keyof Table]: ValueOf<Table[Name]> };

export const integer = (
  value: number,
  minimum: number,
  maximum: number,
  about: string,
  source: string,
): IntegerKey => ({
  kind: 'integer',
  default: value,
  minimum,
  maximum,
  about,
  source,
});

export const duration = (milliseconds: number, about: string, source: string): DurationKey => ({
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
): ChoiceKey<Words[number]> => ({ kind: 'choice', default: words[0], words, about, source });

export const flag = (value: boolean, about: string, source: string): FlagKey => ({
  kind: 'flag',
  default: value,
  about,
  source,
});

export const text = (value: string, about: string, source: string): TextKey => ({
  kind: 'text',
  default: value,
  about,
  source,
});

export const textList = (value: readonly string[], about: string, source: string): TextListKey => ({
  kind: 'text_list',
  default: value,
  about,
  source,
});
