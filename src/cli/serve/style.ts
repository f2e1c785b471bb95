/** How the log says what kind a text is. */
export interface Style {
  readonly strong: (text: string) => string;
  readonly quiet: (text: string) => string;
  readonly good: (text: string) => string;
  readonly warned: (text: string) => string;
  readonly bad: (text: string) => string;
}

const shade =
  (code: number) =>
  (text: string): string =>
    `\u001b[${code}m${text}\u001b[0m`;

const plain = (text: string): string => text;

const COLORFUL: Style = {
  strong: shade(1),
  quiet: shade(2),
  good: shade(32),
  warned: shade(33),
  bad: shade(31),
};
const PLAIN: Style = { strong: plain, quiet: plain, good: plain, warned: plain, bad: plain };

export const createStyle = (color: boolean): Style => (color ? COLORFUL : PLAIN);
