/** Members of an object as they stand behind others: `,"a":1,"b":2`. Undefined ones are left out. */
export function membersText(members: Readonly<Record<string, unknown>>): string {
  const text = JSON.stringify(members).slice(1, -1);
  return text === '' ? '' : `,${text}`;
}
