import type { Document, LineCounter, Node, YAMLError } from 'yaml';
import { type Path, type Place, type Problem, ScenarioError } from './problem.ts';

/** A scenario, or a part of one, that is well-formed, and where everything in it stands. */
export interface Source {
  readonly file: string;
  readonly lines: readonly string[];
  readonly value: unknown;
  /**
   * Where the value at a path stands, or its key; for what is not there, the nearest thing above it. Undefined in an
   * object, where the path says it.
   */
  placeOf(path: Path, part: 'key' | 'value'): Place | undefined;
}

const LARGEST_TEXT = 8 * 1024 * 1024;
/** How often a file may multiply its parts by aliases. */
const MOST_ALIASES = 1000;

const BYTE_ORDER_MARK = '\ufeff';

/** Reads YAML, or JSON, which is YAML. @throws ScenarioError */
export async function readSource(file: string, given: string): Promise<Source> {
  const text = given.startsWith(BYTE_ORDER_MARK) ? given.slice(1) : given;
  const lines = text.slice(0, LARGEST_TEXT).split(/\r?\n/);
  const refuse = (message: string, hint?: string, place: Place = BEGINNING): ScenarioError =>
    new ScenarioError([{ file, ...place, path: [], message, hint }], lines);
  if (text.length > LARGEST_TEXT) {
    throw refuse(
      `the file has ${text.length} characters; ${LARGEST_TEXT} are allowed`,
      '`generate` makes devices by the number',
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
    throw refuse('the file is empty', 'the smallest scenario is `name: My first scenario`');
  const errors = withoutEchoes(
    documents.flatMap(({ errors: found, warnings }) => [...found, ...warnings] as YAMLError[]),
  );
  const deep = errors.find(({ message }) => message.startsWith('Maximum call stack'));
  if (deep !== undefined)
    throw refuse('the file is nested too deeply', undefined, placeAt(counter, deep.pos[0]));
  if (errors.length > 0)
    throw new ScenarioError(
      errors.map((error) => toProblem(file, counter, error)),
      lines,
    );
  const [, second] = documents as Document.Parsed[];
  if (second !== undefined) {
    const place = placeAt(counter, second.range[0]);
    throw refuse('the file has several documents', 'one scenario file describes one organization', place);
  }
  const lost = lostAlias(yaml, document);
  if (lost !== undefined) throw refuse(lost.why, undefined, spanOf(counter, lost.alias, true));

  let value: unknown;
  try {
    value = document.toJS({ maxAliasCount: MOST_ALIASES });
  } catch (error) {
    throw error instanceof ReferenceError
      ? refuse(
          `the aliases of the file multiply it more than ${MOST_ALIASES} times`,
          'write less of it by aliases',
        )
      : refuse((error as Error).message);
  }
  if (value === null || value === undefined) {
    throw refuse('the file is empty', 'the smallest scenario is `name: My first scenario`');
  }
  return { file, lines, value, placeOf: (path, part) => placeIn(yaml, document, counter, path, part) };
}

/** Counted by ourselves: the parser misses ends of lines within what it cannot place. */
function lineCounter(yaml: Yaml, text: string): LineCounter {
  const counter = new yaml.LineCounter();
  counter.addNewLine(0);
  for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', end + 1)) counter.addNewLine(end + 1);
  return counter;
}

/** Once a token does not belong where it stands, all that come after it do not either. */
function withoutEchoes(errors: readonly YAMLError[]): readonly YAMLError[] {
  const first = errors.find(({ code }) => code === 'UNEXPECTED_TOKEN');
  return errors.filter((error) => error.code !== 'UNEXPECTED_TOKEN' || error === first);
}

const BEGINNING: Place = { line: 1, column: 1, length: 1 };

function placeAt(counter: LineCounter, position: number): Place {
  const { line, col } = counter.linePos(position);
  return { line: Math.max(line, 1), column: Math.max(col, 1), length: 1 };
}

/** An alias of nothing, or one within what it stands for: a value without an end. */
function lostAlias(yaml: Yaml, document: Document.Parsed): { alias: Node; why: string } | undefined {
  const anchors = new Map<string, Node>();
  let lost: { alias: Node; why: string } | undefined;
  yaml.visit(document, {
    Node(_, node, path) {
      if (!yaml.isAlias(node)) {
        if (node.anchor !== undefined) anchors.set(node.anchor, node);
        return undefined;
      }
      const target = anchors.get(node.source);
      if (target === undefined)
        lost = { alias: node, why: `nothing before has the anchor \`${node.source}\`` };
      else if (path.includes(target))
        lost = { alias: node, why: `the alias \`${node.source}\` stands within itself` };
      return lost === undefined ? undefined : yaml.visit.BREAK;
    },
  });
  return lost;
}

const MESSAGES: Readonly<Record<string, string>> = {
  DUPLICATE_KEY: 'the key is given twice',
  TAB_AS_INDENT: 'tabs cannot indent; use spaces',
  BAD_INDENT: 'the indentation fits nothing above',
  MISSING_CHAR: 'something is missing here, a quote, a colon or a bracket',
  UNEXPECTED_TOKEN: 'this does not belong here',
  TAG_RESOLVE_FAILED: 'the tag is not known here',
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

/** Of anything larger than a scalar only the first character is pointed at. */
function spanOf(counter: LineCounter, node: unknown, whole: boolean): Place {
  const [from, to] = (node as Node | null)?.range ?? [0, 1];
  const { line, col } = counter.linePos(from);
  return { line: Math.max(line, 1), column: Math.max(col, 1), length: whole ? Math.max(1, to - from) : 1 };
}
