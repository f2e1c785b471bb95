import type { Field } from '../../engine/fields.ts';

const MASK = '••••••';
const SHOWN = 3;
const LONGEST = 40;

/**
 * Enough of a value to recognize it, and no more: nothing of a secret, the beginning of what may point to a
 * person. What the catalog does not know may be anything.
 */
export function maskedSample(value: unknown, field: Field | undefined): string {
  if (field?.type === 'secret') return MASK;
  if (Array.isArray(value)) {
    if (value.length === 0) return '[]';
    const more = value.length > 1 ? ` and ${value.length - 1} more` : '';
    return `${maskedSample(value[0], field)}${more}`;
  }
  if (typeof value === 'object' && value !== null) {
    return `{${Object.keys(value).length} members}`;
  }
  if (typeof value === 'boolean' || typeof value === 'number') return String(value);
  const text = String(value ?? '').replace(/\p{Control}/gu, ' ');
  if (text === '') return '(empty)';
  if (field?.personal === 'no') return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
  const shown = Math.min(SHOWN, Math.floor(text.length / 3));
  return `${[...text.slice(0, SHOWN * 2)].slice(0, shown).join('')}${MASK}`;
}
