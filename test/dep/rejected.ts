import assert from 'node:assert/strict';
import { DEP_ERRORS, type DepErrorName } from '../../src/services/dep/errors.ts';
import type { Answer } from './mdm.ts';

/** Checks Apple's status, body and content type, and the reason in x-crabapple-why. */
export function assertRejected(answer: Answer, name: DepErrorName, why: RegExp = /./): void {
  const row = DEP_ERRORS[name];
  assert.equal(answer.text, row.body, answer.headers['x-crabapple-why']);
  assert.equal(answer.status, row.status);
  if (row.body !== '') assert.equal(answer.headers['content-type'], 'text/plain;Charset=UTF8');
  assert.match(answer.headers['x-crabapple-why'] ?? '', why);
}
