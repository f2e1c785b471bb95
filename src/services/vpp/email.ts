/** One at sign with something on both sides; Apple's own rule is not published. */
export const isEmail = (text: string): boolean =>
  text.length <= 320 && /^[^\s@<>,;]+@[^\s@<>,;]+$/.test(text);
