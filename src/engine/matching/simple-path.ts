/** A member by name, an item by number, or all of either. */
export type Step = string | number | typeof EACH;

export const EACH: unique symbol = Symbol('*');

const STEP =
  /\.([A-Za-z_\u0080-\uffff][\w\u0080-\uffff-]*)|\.(\*)|\[\s*(?:'([^'\\]*)'|"([^"\\]*)"|(\d{1,15})|(\*))\s*\]/gy;

/** The steps of a JSONPath of names, numbers and `*` alone; undefined where it has more to it. */
export function simplePath(text: string): readonly Step[] | undefined {
  if (!text.startsWith('$')) return undefined;
  const steps: Step[] = [];
  for (let position = 1; position < text.length; position = STEP.lastIndex) {
    STEP.lastIndex = position;
    const match = STEP.exec(text);
    if (match === null) return undefined;
    const [, name, , quoted, doubleQuoted, index] = match;
    const word = name ?? quoted ?? doubleQuoted;
    steps.push(word ?? (index === undefined ? EACH : Number(index)));
  }
  return steps;
}

const member = (value: object, name: string): unknown =>
  Object.hasOwn(value, name) ? (value as Record<string, unknown>)[name] : undefined;

/** Values at the steps, as RFC 9535 finds them. */
export function valuesAt(root: unknown, steps: readonly Step[], from = 0): readonly unknown[] {
  let values: readonly unknown[] = [root];
  for (let index = from; index < steps.length; index += 1) {
    const step = steps[index]!;
    const [only] = values;
    if (step === EACH && values.length === 1 && Array.isArray(only)) {
      // The list itself: it may have thousands of items, and nobody alters what is returned.
      values = only;
      continue;
    }
    const found: unknown[] = [];
    for (const value of values) {
      if (typeof value !== 'object' || value === null) continue;
      if (step === EACH) {
        for (const item of Array.isArray(value) ? value : Object.values(value)) found.push(item);
      } else if (typeof step === 'number') {
        if (Array.isArray(value) && step < value.length) found.push(value[step]);
      } else if (!Array.isArray(value)) {
        const item = member(value, step);
        if (item !== undefined) found.push(item);
      }
    }
    values = found;
  }
  return values.length === 1 && values[0] === undefined ? [] : values;
}
