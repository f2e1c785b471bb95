/** What a value must be. A bare word or value in a file is one of the first two. */
export type Matcher =
  | 'present'
  | 'absent'
  | { readonly equals: unknown }
  | { readonly not: Matcher }
  | { readonly one_of: readonly unknown[] }
  | { readonly matches: string }
  | { readonly contains: unknown }
  | { readonly at_least: number }
  | { readonly at_most: number };

/** Whether the values found at a location satisfy it: `absent` wants none, every other wants one that fits. */
export type Test = (values: readonly unknown[]) => boolean;

export function sameValue(one: unknown, other: unknown): boolean {
  if (Object.is(one, other)) return true;
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false;
  if (Array.isArray(one) !== Array.isArray(other)) return false;
  const names = Object.keys(one);
  return (
    names.length === Object.keys(other).length &&
    names.every(
      (name) =>
        Object.hasOwn(other, name) &&
        sameValue((one as Record<string, unknown>)[name], (other as Record<string, unknown>)[name]),
    )
  );
}

const contains = (value: unknown, part: unknown): boolean =>
  typeof value === 'string'
    ? typeof part === 'string' && value.includes(part)
    : Array.isArray(value) && value.some((item) => sameValue(item, part));

const some =
  (fits: (value: unknown) => boolean): Test =>
  (values) =>
    values.some(fits);

/** @throws SyntaxError where `matches` is no regular expression */
export function compileMatcher(matcher: Matcher): Test {
  if (matcher === 'present') return (values) => values.length > 0;
  if (matcher === 'absent') return (values) => values.length === 0;
  if ('equals' in matcher) return some((value) => sameValue(value, matcher.equals));
  if ('not' in matcher) {
    const test = compileMatcher(matcher.not);
    return (values) => !test(values);
  }
  if ('one_of' in matcher) return some((value) => matcher.one_of.some((item) => sameValue(value, item)));
  if ('contains' in matcher) return some((value) => contains(value, matcher.contains));
  if ('at_least' in matcher) return some((value) => typeof value === 'number' && value >= matcher.at_least);
  if ('at_most' in matcher) return some((value) => typeof value === 'number' && value <= matcher.at_most);
  const pattern = new RegExp(matcher.matches, 'u');
  return some((value) => typeof value === 'string' && pattern.test(value));
}
