/** Colour belongs on a terminal, unless somebody says otherwise: https://no-color.org, https://force-color.org. */
export function colorOn(stream: { readonly isTTY?: boolean }, wanted = true): boolean {
  const { NO_COLOR, FORCE_COLOR, TERM } = process.env;
  if (!wanted || (NO_COLOR !== undefined && NO_COLOR !== '')) return false;
  if (FORCE_COLOR !== undefined && FORCE_COLOR !== '') return FORCE_COLOR !== '0';
  return stream.isTTY === true && TERM !== 'dumb';
}
