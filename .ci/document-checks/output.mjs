const escaped = (text) => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** Removes colors and trailing blanks. */
const plain = (text) =>
  text
    // biome-ignore lint/suspicious/noControlCharactersInRegex: color codes contain control characters
    .replaceAll(/\u001b\[[0-9;]*m/g, '')
    .split('\n')
    .map((line) => line.trimEnd());

/** Lines that the page shows and the command did not print, in order; … stands for any text in a line, or any lines. */
export function outputProblem(shown, written) {
  const lines = plain(written);
  let from = 0;
  for (const line of plain(shown)) {
    if (line === '' || line === '…') continue;
    const pattern = new RegExp(`^${line.split('…').map(escaped).join('.*')}$`);
    const at = lines.findIndex((each, index) => index >= from && pattern.test(each));
    if (at < 0) return `shows a line that was not written: ${line}`;
    from = at + 1;
  }
  return undefined;
}
