/** The asset tags of a group by their pattern: `{n}` is the number of the device from 1 on, `{n:5}` with zeros. */
export function assetTags(pattern: string): (index: number) => string {
  // At the odd places stand the widths.
  const parts = pattern.split(/\{n(?::(\d{1,2}))?\}/);
  return (index) => {
    let tag = parts[0]!;
    for (let place = 1; place < parts.length; place += 2) {
      tag += String(index + 1).padStart(Number(parts[place] ?? 0), '0') + parts[place + 1]!;
    }
    return tag;
  };
}
