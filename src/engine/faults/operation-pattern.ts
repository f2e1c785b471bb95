/** An operation name in which a `*` stands for any characters. */
export const operationPattern = (on: string): RegExp =>
  new RegExp(
    `^${on
      .split('*')
      .map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
      .join('.*')}$`,
  );
