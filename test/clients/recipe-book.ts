const SECTION = /^## (.+)\n([\s\S]*?)(?=^## |$(?![\s\S]))/gm;
const BLOCK = /^```(\S+)(?: (\S+))?\n([\s\S]*?)^```$/gm;

export interface Recipe {
  /** Files that the section shows, by the name behind the language. */
  readonly programs: Readonly<Record<string, string>>;
  /** The lines with a `$` prompt, without the prompt. The other lines show output. */
  readonly commands: string;
  readonly texts: readonly string[];
}

/** The sections of a page, taken for what they tell readers to do. */
export class RecipeBook {
  readonly #recipes: ReadonlyMap<string, Recipe>;

  constructor(page: string) {
    this.#recipes = new Map(
      [...page.matchAll(SECTION)].map(([, heading, text]) => [heading!, recipeOf(text!)]),
    );
  }

  recipe(heading: string): Recipe {
    const recipe = this.#recipes.get(heading);
    if (recipe === undefined) throw new Error(`the page has no section ${heading}`);
    return recipe;
  }
}

function recipeOf(section: string): Recipe {
  const blocks = [...section.matchAll(BLOCK)].map(([, language, name, text]) => ({
    language,
    name,
    text: text!,
  }));
  const of = (wanted: string): readonly string[] =>
    blocks.filter(({ language }) => language === wanted).map(({ text }) => text);
  return {
    programs: Object.fromEntries(
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
