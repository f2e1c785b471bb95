import { readFileSync } from 'node:fs';

/** A block of a page: ` ```js FOLDER/FILE `, or ` ```sh FOLDER ` for what is run there. */
interface Block {
  readonly language: string;
  readonly name: string;
  readonly text: string;
}

const BLOCK = /^```(\w+) (\S+)\n([\s\S]*?)^```$/gm;

export interface Recipe {
  readonly name: string;
  readonly files: ReadonlyMap<string, string>;
  /** What is typed to run it. */
  readonly command: string;
}

function blocksOf(page: string): readonly Block[] {
  return [...readFileSync(page, 'utf8').matchAll(BLOCK)].map(([, language, name, text]) => ({
    language: language!,
    name: name!,
    text: text!,
  }));
}

/** The recipes of a page: the files of each folder, and those of no folder, which all of them have. */
export function recipesOf(page: string): readonly Recipe[] {
  const blocks = blocksOf(page);
  const files = blocks.filter(({ language }) => language !== 'sh');
  return blocks
    .filter(({ language }) => language === 'sh')
    .map(({ name, text }) => ({
      name,
      command: text.trim(),
      files: new Map(
        files
          .filter(({ name: file }) => !file.includes('/') || file.startsWith(`${name}/`))
          .map(({ name: file, text }) => [file.replace(`${name}/`, ''), text]),
      ),
    }));
}
