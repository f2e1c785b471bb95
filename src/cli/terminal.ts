/** Whether to color the output on a stream: https://no-color.org, https://force-color.org. */
export function colorOn(
  stream: { readonly isTTY?: boolean },
  wanted = true,
  { NO_COLOR, FORCE_COLOR, TERM }: Readonly<Record<string, string | undefined>> = process.env,
): boolean {
  if (!wanted || (NO_COLOR !== undefined && NO_COLOR !== '')) return false;
  if (FORCE_COLOR !== undefined && FORCE_COLOR !== '') return FORCE_COLOR !== '0';
  return stream.isTTY === true && TERM !== 'dumb';
}

/** Text styles of the log. */
export interface Style {
  readonly strong: (text: string) => string;
  readonly quiet: (text: string) => string;
  readonly good: (text: string) => string;
  readonly warned: (text: string) => string;
  readonly bad: (text: string) => string;
}

const colored =
  (code: number) =>
  (text: string): string =>
    `\u001b[${code}m${text}\u001b[0m`;

const plain = (text: string): string => text;

const COLORFUL: Style = {
  strong: colored(1),
  quiet: colored(2),
  good: colored(32),
  warned: colored(33),
  bad: colored(31),
};
const PLAIN: Style = { strong: plain, quiet: plain, good: plain, warned: plain, bad: plain };

export const createStyle = (color: boolean): Style => (color ? COLORFUL : PLAIN);

/** Without this, `crabapple … | head` would end a command when `head` exits. */
export function ignoreBrokenPipes(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
    });
  }
}
