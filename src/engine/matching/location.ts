import type { ExchangeView, ResponseView } from './exchange-view.ts';

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

/** What a location may begin with. */
export const ROOTS = ['body', 'headers', 'query', 'path', 'method', 'response'] as const;

export type Root = (typeof ROOTS)[number];

const isRoot = (word: unknown): word is Root => ROOTS.some((root) => root === word);

export interface Location {
  readonly text: string;
  values(view: ExchangeView): readonly unknown[];
}

/** Words that stand for what no JSONPath can say. */
export const SUBJECTS = {
  /** The protocol version that the client asked for; 1 where it asked for none. */
  protocol_version: (view: ExchangeView): unknown => {
    const header = view.headers['x-server-protocol-version'];
    return header === undefined ? 1 : Number(header);
  },
  /** The PushMagic of a push; its body has the one member. */
  push_magic: ({ body }: ExchangeView): unknown =>
    typeof body === 'object' && body !== null ? (body as { readonly mdm?: unknown }).mdm : undefined,
} as const;

export type Subject = keyof typeof SUBJECTS;

export const isSubject = (text: string): text is Subject => Object.hasOwn(SUBJECTS, text);

const LONGEST = 1000;

/** Filters and `..` multiply: of many, the values to look at are without end in a small body already. */
const MOST_SEARCHES = 3;

/** What would stand in quotes is a name, whatever it looks like. */
const searchesIn = (text: string): number =>
  text.replaceAll(/'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"/g, '').match(/\.\.|\?/g)?.length ?? 0;

/** @throws SyntaxError where the text is no JSONPath (RFC 9535), or one that takes too long */
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
  // Most locations are plain paths: those are walked directly, so that only what they name is ever parsed.
  if (steps !== undefined && isRoot(steps[0])) {
    return { text, values: (view) => valuesIn(view, steps) };
  }
  if (text.length > LONGEST) throw new SyntaxError(`a location has at most ${LONGEST} characters`);
  if (searchesIn(text) > MOST_SEARCHES) {
    throw new SyntaxError(
      `a location has at most ${MOST_SEARCHES} filters and \`..\`: more take without end`,
    );
  }
  const { compile } = await import('json-p3');
  const query = compile(text);
  return { text, values: (view) => query.query(plain(view) as never).values() };
}

/** Values at the steps of a plain path, whose first is a root. Nothing is parsed but what the path leads through. */
export function valuesIn(view: ExchangeView, steps: readonly Step[]): readonly unknown[] {
  const [root, part] = steps;
  if (root !== 'response') return valuesAt(view[root as Exclude<Root, 'response'>], steps, 1);
  if (part === undefined) return valuesAt((plain(view) as { readonly response?: unknown }).response, []);
  return RESPONSE_PARTS.some((name) => name === part)
    ? valuesAt(view.response?.[part as keyof ResponseView], steps, 2)
    : [];
}

const RESPONSE_PARTS = ['status', 'headers', 'body'] as const satisfies readonly (keyof ResponseView)[];

/** Everything of a view as members of its own, which is what a query walks through. */
function plain({ method, path, query, headers, body, response }: ExchangeView): object {
  const request = { method, path, query, headers, ...(body === undefined ? {} : { body }) };
  if (response === undefined) return request;
  const { status, headers: fields, body: answer } = response;
  return {
    ...request,
    response: { status, headers: fields, ...(answer === undefined ? {} : { body: answer }) },
  };
}
