import type { AllowedUse, RetiredWord } from './words.ts';

/** A retired word in a file. */
export interface WordFinding {
  readonly file: string;
  /** From 1; 0 for the name of the file. */
  readonly line: number;
  readonly word: string;
  readonly instead: string;
  /** The line, shortened around the word. */
  readonly excerpt: string;
}

type Kind = 'document' | 'comment' | 'code';

const DOCUMENT = /\.(?:md|txt|html)$/;
const LINE_COMMENT = /^\s*(?:\/\/|\/?\*|#)/;

interface Word {
  readonly text: string;
  readonly index: number;
  /** Part of a camelCase, snake_case or kebab-case name. */
  readonly inName: boolean;
}

const NAME = /[A-Za-z][A-Za-z0-9_$-]*/g;
const PART = /[A-Z]+(?![a-z])|[A-Z]?[a-z]+/g;

/** The words of a line. Names are split into their parts. */
export function wordsOf(line: string): readonly Word[] {
  return [...line.matchAll(NAME)].flatMap((name) => {
    const parts = [...name[0].matchAll(PART)];
    return parts.map((part) => ({
      text: part[0].toLowerCase(),
      index: name.index + part.index,
      inName: parts.length > 1,
    }));
  });
}

const isAllowed = (uses: readonly AllowedUse[], file: string, line: string): boolean =>
  uses.some(({ files, line: needed }) => (files?.test(file) ?? true) && (needed?.test(line) ?? true));

function appliesTo({ within }: RetiredWord, kind: Kind, inName: boolean): boolean {
  if (within === undefined) return true;
  switch (within) {
    case 'documents':
      return kind === 'document' && !inName;
    case 'prose':
      return kind !== 'code';
    case 'names':
      return inName || kind === 'code';
  }
}

function excerptOf(line: string, index: number): string {
  const from = Math.max(0, index - 50);
  return `${from > 0 ? '…' : ''}${line.slice(from, index + 60).trim()}`;
}

export interface WordRules {
  readonly retired: readonly RetiredWord[];
  readonly allowedAnywhere: readonly AllowedUse[];
}

/** Finds the retired words in a line. */
function* findInLine(
  { byWord, phrases, allowedAnywhere }: CompiledRules,
  file: string,
  number: number,
  line: string,
  kind: Kind,
): Generator<WordFinding> {
  if (isAllowed(allowedAnywhere, file, line)) return;
  const finding = (rule: RetiredWord, word: string, index: number): WordFinding => ({
    file,
    line: number,
    word,
    instead: rule.instead,
    excerpt: excerptOf(line, index),
  });
  for (const { text, index, inName } of wordsOf(line)) {
    for (const rule of byWord.get(text) ?? []) {
      if (appliesTo(rule, kind, inName) && !isAllowed(rule.allowed ?? [], file, line))
        yield finding(rule, text, index);
    }
  }
  for (const rule of phrases) {
    const match = rule.phrase!.exec(line);
    if (match === null || !appliesTo(rule, kind, false) || isAllowed(rule.allowed ?? [], file, line))
      continue;
    yield finding(rule, match[0].toLowerCase(), match.index);
  }
}

interface CompiledRules {
  readonly byWord: ReadonlyMap<string, readonly RetiredWord[]>;
  readonly phrases: readonly RetiredWord[];
  readonly allowedAnywhere: readonly AllowedUse[];
}

export function compileRules({ retired, allowedAnywhere }: WordRules): CompiledRules {
  const byWord = new Map<string, RetiredWord[]>();
  for (const rule of retired) {
    for (const word of rule.words ?? []) byWord.set(word, [...(byWord.get(word) ?? []), rule]);
  }
  return { byWord, phrases: retired.filter(({ phrase }) => phrase !== undefined), allowedAnywhere };
}

/** Finds the retired words in the name and the text of a file. Every occurrence is reported with its line. */
export function findWords(rules: CompiledRules, file: string, text: string): readonly WordFinding[] {
  const findings = [...findInLine(rules, file, 0, file, 'code')];
  const document = DOCUMENT.test(file);
  let inBlock = false;
  text.split('\n').forEach((line, index) => {
    if (document && /^\s*```/.test(line)) inBlock = !inBlock;
    const kind: Kind = document && !inBlock ? 'document' : LINE_COMMENT.test(line) ? 'comment' : 'code';
    findings.push(...findInLine(rules, file, index + 1, line, kind));
  });
  return findings;
}

export const shownFinding = ({ file, line, word, instead, excerpt }: WordFinding): string =>
  `${file}${line === 0 ? '' : `:${line}`}: "${word}": write ${instead}\n    ${excerpt}`;
