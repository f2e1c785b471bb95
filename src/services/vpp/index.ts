/** What belongs to Apps and Books shares so much that it comes at once. */
export { metadata } from '../metadata/index.ts';
export { vppV1 } from './v1/index.ts';
export { vppV2 } from './v2/index.ts';
