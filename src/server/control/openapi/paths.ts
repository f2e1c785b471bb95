import type { Schema } from '../schema.ts';

/** Methods of a path, each with its operation object. */
export type PathItem = Record<string, Schema>;
export type Paths = Record<string, PathItem>;
