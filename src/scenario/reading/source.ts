import type { Document, LineCounter, Node, YAMLError } from 'yaml';
import { type Path, type Place, type Problem, ScenarioError } from './problem.ts';

/** A well-formed scenario, or a part of one, with the positions of its values. */
export interface Source {
  readonly file: string;
  readonly lines: readonly string[];
  readonly value: unknown;
  /**
   * The position of the value at a path, or of its key. For a missing value, that of the nearest parent. Undefined for an
   * object, which has no lines.
   */
  placeOf(path: Path, part: 'key' | 'value'): Place | undefined;
}

const LARGEST_TEXT = 8 * 1024 * 1024;
/** Limits how much a file can grow by aliases. */
const MOST_ALIASES = 1000;

const BYTE_ORDER_MARK = '\ufeff';

/** Reads YAML or JSON. @throws ScenarioError */
export async function readSource(file: string, given: string): Promise<Source> {
  const text = given.startsWith(BYTE_ORDER_MARK) ? given.slice(1) : given;
  const lines = text.slice(0, LARGEST_TEXT).split(/\r?\n/);
  const rejected = (message: string, hint?: string, place: Place = START): ScenarioError =>
    new ScenarioError([{ file, ...place, path: [], message, hint }], lines);
  if (text.length > LARGEST_TEXT) {
    throw rejected(
      `the file has ${text.length} characters; the limit is ${LARGEST_TEXT}`,
      'use `generate` to create many devices',
    );
  }

  const yaml = await import('yaml');
  const counter = lineCounter(yaml, text);
  const documents = yaml.parseAllDocuments(text, {
    uniqueKeys: true,
    prettyErrors: false,
    strict: true,
    logLevel: 'error',
  });
  const [document] = documents as Document.Parsed[];
  if (document === undefined)
    throw rejected('the file is empty', 'the smallest scenario is `name: My first scenario`');
  const errors = withoutFollowingErrors(
    documents.flatMap(({ errors: found, warnings }) => [...found, ...warnings] as YAMLError[]),
  );
  const deep = errors.find(({ message }) => message.startsWith('Maximum call stack'));
  if (deep !== undefined)
    throw rejected('the file is nested too deeply', undefined, placeAt(counter, deep.pos[0]));
  if (errors.length > 0)
    throw new ScenarioError(
      errors.map((error) => toProblem(file, counter, error)),
      lines,
    );
  const [, second] = documents as Document.Parsed[];
  if (second !== undefined) {
    const place = placeAt(counter, second.range[0]);
    throw rejected(
      'the file has several YAML documents',
      'a scenario file describes one organization',
      place,
    );
  }
  const invalid = invalidAlias(yaml, document);
  if (invalid !== undefined) throw rejected(invalid.why, undefined, spanOf(counter, invalid.alias, true));

  let value: unknown;
  try {
    value = document.toJS({ maxAliasCount: MOST_ALIASES });
  } catch (error) {
    throw error instanceof ReferenceError
      ? rejected(`the aliases expand the file more than ${MOST_ALIASES} times`, 'use fewer aliases')
      : rejected((error as Error).message);
  }
  if (value === null || value === undefined) {
    throw rejected('the file is empty', 'the smallest scenario is `name: My first scenario`');
  }
  return { file, lines, value, placeOf: (path, part) => placeIn(yaml, document, counter, path, part) };
}

/** Finds the line ends itself, because the parser misses those inside of text that it cannot parse. */
function lineCounter(yaml: Yaml, text: string): LineCounter {
  const counter = new yaml.LineCounter();
  counter.addNewLine(0);
  for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', end + 1)) counter.addNewLine(end + 1);
  return counter;
}

/** Keeps the first unexpected token: the others follow from it. */
function withoutFollowingErrors(errors: readonly YAMLError[]): readonly YAMLError[] {
  const first = errors.find(({ code }) => code === 'UNEXPECTED_TOKEN');
  return errors.filter((error) => error.code !== 'UNEXPECTED_TOKEN' || error === first);
}

const START: Place = { line: 1, column: 1, length: 1 };

function placeAt(counter: LineCounter, position: number): Place {
  const { line, col } = counter.linePos(position);
  return { line: Math.max(line, 1), column: Math.max(col, 1), length: 1 };
}

/** Finds an alias without an anchor, or an alias inside of its own anchor, which has no end. */
function invalidAlias(yaml: Yaml, document: Document.Parsed): { alias: Node; why: string } | undefined {
  const anchors = new Map<string, Node>();
  let invalid: { alias: Node; why: string } | undefined;
  yaml.visit(document, {
    Node(_, node, path) {
      if (!yaml.isAlias(node)) {
        if (node.anchor !== undefined) anchors.set(node.anchor, node);
        return undefined;
      }
      const target = anchors.get(node.source);
      if (target === undefined)
        invalid = { alias: node, why: `no anchor \`${node.source}\` comes before this alias` };
      else if (path.includes(target))
        invalid = { alias: node, why: `the alias \`${node.source}\` contains itself` };
      return invalid === undefined ? undefined : yaml.visit.BREAK;
    },
  });
  return invalid;
}

const MESSAGES: Readonly<Record<string, string>> = {
  DUPLICATE_KEY: 'duplicate key',
  TAB_AS_INDENT: 'tabs are not allowed as indentation; use spaces',
  BAD_INDENT: 'the indentation does not match any line above',
  MISSING_CHAR: 'missing character: a quote, a colon or a bracket',
  UNEXPECTED_TOKEN: 'unexpected text',
  TAG_RESOLVE_FAILED: 'unknown tag',
};

function toProblem(file: string, counter: LineCounter, error: YAMLError): Problem {
  const { line, col } = counter.linePos(error.pos[0]);
  return {
    file,
    line: Math.max(line, 1),
    column: Math.max(col, 1),
    length: Math.max(1, error.pos[1] - error.pos[0]),
    path: [],
    message: MESSAGES[error.code] ?? error.message,
    ...(MESSAGES[error.code] === undefined ? {} : { hint: error.message }),
  };
}

type Yaml = typeof import('yaml');

function placeIn(
  yaml: Yaml,
  document: Document.Parsed,
  counter: LineCounter,
  path: Path,
  part: 'key' | 'value',
): Place {
  let key: Node | undefined;
  let node: unknown = document.contents;
  for (const step of path) {
    const container = yaml.isAlias(node) ? node.resolve(document) : node;
    if (yaml.isMap(container)) {
      const pair = container.items.find(
        (item) => yaml.isScalar(item.key) && String(item.key.value) === String(step),
      );
      if (pair === undefined) return spanOf(counter, key ?? node, key !== undefined);
      key = pair.key as Node;
      node = pair.value ?? pair.key;
    } else if (yaml.isSeq(container)) {
      const item = container.items[Number(step)];
      if (item === undefined) return spanOf(counter, key ?? node, key !== undefined);
      key = undefined;
      node = item;
    } else break;
  }
  return part === 'key' && key !== undefined
    ? spanOf(counter, key, true)
    : spanOf(counter, node, yaml.isScalar(node));
}

/** Marks the complete scalar, and only the first character of anything larger. */
function spanOf(counter: LineCounter, node: unknown, full: boolean): Place {
  const [from, to] = (node as Node | null)?.range ?? [0, 1];
  const { line, col } = counter.linePos(from);
  return { line: Math.max(line, 1), column: Math.max(col, 1), length: full ? Math.max(1, to - from) : 1 };
}
