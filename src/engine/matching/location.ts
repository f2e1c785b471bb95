import type { ExchangeView, ResponseView } from './exchange-view.ts';

/** A member by name, an item by number, or `EACH` for all of them. */
export type Step = string | number | typeof EACH;

export const EACH: unique symbol = Symbol('*');

const STEP =
  /\.([A-Za-z_\u0080-\uffff][\w\u0080-\uffff-]*)|\.(\*)|\[\s*(?:'([^'\\]*)'|"([^"\\]*)"|(\d{1,15})|(\*))\s*\]/gy;

/** The steps of a JSONPath that consists of names, numbers and `*`; undefined for any other. */
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

/** The values at the steps, by the rules of RFC 9535. */
export function valuesAt(root: unknown, steps: readonly Step[], from = 0): readonly unknown[] {
  let values: readonly unknown[] = [root];
  for (let index = from; index < steps.length; index += 1) {
    const step = steps[index]!;
    const [only] = values;
    if (step === EACH && values.length === 1 && Array.isArray(only)) {
      // Not copied: the list may have thousands of items, and callers do not change it.
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

/** The first steps that a location can have. */
export const ROOTS = ['body', 'headers', 'query', 'path', 'method', 'response'] as const;

export type Root = (typeof ROOTS)[number];

const isRoot = (word: unknown): word is Root => ROOTS.some((root) => root === word);

export interface Location {
  readonly text: string;
  values(view: ExchangeView): readonly unknown[];
}

/** Names for values that a JSONPath cannot select. */
export const SUBJECTS = {
  /** The protocol version of the request; 1 without the header. */
  protocol_version: (view: ExchangeView): unknown => {
    const header = view.headers['x-server-protocol-version'];
    return header === undefined ? 1 : Number(header);
  },
  /** The PushMagic of a push: the only member of its body. */
  push_magic: ({ body }: ExchangeView): unknown =>
    typeof body === 'object' && body !== null ? (body as { readonly mdm?: unknown }).mdm : undefined,
} as const;

export type Subject = keyof typeof SUBJECTS;

export const isSubject = (text: string): text is Subject => Object.hasOwn(SUBJECTS, text);

const LONGEST = 1000;

/** Each filter and `..` multiplies the number of values, which gets too large even for a small body. */
const MOST_SEARCHES = 3;

/** Counts filters and `..` outside of quoted names. */
const searchesIn = (text: string): number =>
  text.replaceAll(/'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"/g, '').match(/\.\.|\?/g)?.length ?? 0;

/** @throws SyntaxError if the text is not a JSONPath (RFC 9535), or would take too long */
export async function compileLocation(text: string): Promise<Location> {
  if (isSubject(text)) {
    const subject = SUBJECTS[text];
    return {
      text,
      values(view) {
        const value = subject(view);
        return value === undefined ? [] : [value];
      },
    };
  }
  const steps = simplePath(text);
  // Most locations are simple paths. Reading them directly parses only the parts that they name.
  if (steps !== undefined && isRoot(steps[0])) {
    return { text, values: (view) => valuesIn(view, steps) };
  }
  if (text.length > LONGEST) throw new SyntaxError(`a location has at most ${LONGEST} characters`);
  if (searchesIn(text) > MOST_SEARCHES) {
    throw new SyntaxError(`a location has at most ${MOST_SEARCHES} filters and \`..\`: more take too long`);
  }
  const { compile } = await import('json-p3');
  const query = compile(text);
  return { text, values: (view) => query.query(plain(view) as never).values() };
}

/** The values at the steps of a simple path. Parses only the part of the exchange that the path selects. */
export function valuesIn(view: ExchangeView, steps: readonly Step[]): readonly unknown[] {
  const [root, part] = steps;
  if (root !== 'response') return valuesAt(view[root as Exclude<Root, 'response'>], steps, 1);
  if (part === undefined) return valuesAt((plain(view) as { readonly response?: unknown }).response, []);
  return RESPONSE_PARTS.some((name) => name === part)
    ? valuesAt(view.response?.[part as keyof ResponseView], steps, 2)
    : [];
}

const RESPONSE_PARTS = ['status', 'headers', 'body'] as const satisfies readonly (keyof ResponseView)[];

/** A view as a plain object for a query. */
function plain({ method, path, query, headers, body, response }: ExchangeView): object {
  const request = { method, path, query, headers, ...(body === undefined ? {} : { body }) };
  if (response === undefined) return request;
  const { status, headers: fields, body: answer } = response;
  return {
    ...request,
    response: { status, headers: fields, ...(answer === undefined ? {} : { body: answer }) },
  };
}
