const HEADING = /^## (.+)\n([\s\S]*?)(?=^## |$(?![\s\S]))/gm;
const BLOCK = /^```(\S+)(?: (\S+))?\n([\s\S]*?)^```$/gm;

export interface Section {
  /** Files in the section, by the name after the language of the block. */
  readonly files: Readonly<Record<string, string>>;
  /** The command lines of its `console` blocks: the lines with a `$` prompt. The other lines show output. */
  readonly commands: string;
  /** The `text` blocks. */
  readonly texts: readonly string[];
}

/** Sections of a documentation page with their files and commands, to run them as readers do. */
export class DocsPage {
  readonly #sections: ReadonlyMap<string, Section>;

  constructor(page: string) {
    this.#sections = new Map(
      [...page.matchAll(HEADING)].map(([, heading, text]) => [heading!, sectionOf(text!)]),
    );
  }

  section(heading: string): Section {
    const section = this.#sections.get(heading);
    if (section === undefined) throw new Error(`the page has no section ${heading}`);
    return section;
  }
}

function sectionOf(section: string): Section {
  const blocks = [...section.matchAll(BLOCK)].map(([, language, name, text]) => ({
    language,
    name,
    text: text!,
  }));
  const of = (wanted: string): readonly string[] =>
    blocks.filter(({ language }) => language === wanted).map(({ text }) => text);
  return {
    files: Object.fromEntries(
      blocks.flatMap(({ name, text }) => (name === undefined ? [] : [[name, text] as const])),
    ),
    commands: of('console')
      .flatMap((text) => text.split('\n'))
      .filter((line) => line.startsWith('$ '))
      .map((line) => `${line.slice(2)}\n`)
      .join(''),
    texts: of('text'),
  };
}
