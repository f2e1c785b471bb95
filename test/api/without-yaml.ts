import { register } from 'node:module';

/** Makes `import 'yaml'` fail in the program that follows. */
const HOOKS = `export function resolve(name, context, next) {
  if (name === 'yaml') throw new Error('yaml is not here');
  return next(name, context);
}`;

register(`data:text/javascript,${encodeURIComponent(HOOKS)}`);
