/** An element of XML or HTML, with its children in their order. */
export interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: Element[];
  text: string;
}

const VOID = new Set(['meta', 'br', 'link', 'img', 'hr', 'input']);
const TOKEN =
  /<!--[\s\S]*?-->|<\?[^>]*\?>|<!doctype[^>]*>|<(\/?)([a-zA-Z][\w-]*)((?:\s+[\w:-]+(?:="[^"<]*")?)*)\s*(\/?)>|([^<]+)/gy;
const ATTRIBUTE = /([\w:-]+)(?:="([^"]*)")?/g;

const ENTITY = /&(?:amp|lt|gt|quot|#\d+);/g;

function checkText(text: string): void {
  if (/&/.test(text.replace(ENTITY, ''))) throw new Error(`a bare ampersand in ${JSON.stringify(text)}`);
}

/** Parses well-formed markup. Throws at the first error. */
export function readMarkup(source: string): Element {
  const root: Element = { name: '#document', attributes: {}, children: [], text: '' };
  const open: Element[] = [root];
  TOKEN.lastIndex = 0;
  for (let position = 0; position < source.length; position = TOKEN.lastIndex) {
    const match = TOKEN.exec(source);
    if (match === null) throw new Error(`no markup at ${position}: ${source.slice(position, position + 60)}`);
    const [, closing, name, attributes, empty, text] = match;
    const current = open.at(-1)!;
    if (text !== undefined) {
      if (current.name !== 'style') checkText(text);
      current.text += text;
    }
    if (name === undefined) continue;
    if (closing === '/') {
      if (open.pop()?.name !== name) throw new Error(`</${name}> closes ${current.name}`);
      continue;
    }
    const element: Element = {
      name,
      attributes: Object.fromEntries(
        [...attributes!.matchAll(ATTRIBUTE)].map(([, key, value = '']) => {
          checkText(value);
          return [key!, value];
        }),
      ),
      children: [],
      text: '',
    };
    current.children.push(element);
    if (empty !== '/' && !VOID.has(name)) open.push(element);
  }
  if (open.length > 1) throw new Error(`<${open.at(-1)!.name}> is never closed`);
  return root;
}

export function* elements(element: Element): Generator<Element> {
  for (const child of element.children) {
    yield child;
    yield* elements(child);
  }
}
