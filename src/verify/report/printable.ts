/** Texts come from files and clients: none shall steer a terminal or begin a line of its own. */
const printableText = (text: string): string => text.replace(/\s+/g, ' ').replace(/\p{Control}/gu, '?');

/** The same plain data with every text on one line, without control characters. */
export function printable<Value>(value: Value): Value {
  if (typeof value === 'string') return printableText(value) as Value;
  if (Array.isArray(value)) return value.map(printable) as Value;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [name, printable(member)]),
  ) as Value;
}
