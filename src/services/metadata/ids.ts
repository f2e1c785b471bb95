/** More than anybody asks for at once. */
export const MOST_IDS = 500;

export const idsIn = (values: readonly string[]): readonly string[] =>
  [...new Set(values.flatMap((value) => value.split(',')))]
    .map((id) => id.trim())
    .filter((id) => /^\d{1,19}$/.test(id))
    .slice(0, MOST_IDS);
