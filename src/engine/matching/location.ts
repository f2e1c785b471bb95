import type { ExchangeView, ResponseView } from './exchange-view.ts';
import { type Step, simplePath, valuesAt } from './simple-path.ts';

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
