const escaped = (text) => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** Without colors, and without blanks at the ends of lines. */
const plain = (text) =>
  text
    // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what colors are made of
    .replaceAll(/\u001b\[[0-9;]*m/g, '')
    .split('\n')
    .map((line) => line.trimEnd());

/** Lines that are shown and were not written, in their order; … stands for anything within a line, or for lines. */
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
