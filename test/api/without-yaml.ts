import { register } from 'node:module';

/** Loaded before a program, this leaves it without the YAML parser. */
const HOOKS = `export function resolve(name, context, next) {
  if (name === 'yaml') throw new Error('yaml is not here');
  return next(name, context);
}`;

register(`data:text/javascript,${encodeURIComponent(HOOKS)}`);
