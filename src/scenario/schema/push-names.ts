import * as z from 'zod/mini';
import { described } from './described.ts';

/** Hexadecimal, whole bytes. Real tokens have 32 bytes; simulated devices choose others. */
export const pushToken = described(
  z
    .string()
    .check(
      z.regex(/^(?:[0-9a-f]{2}){1,512}$/i, 'a push token is written in hexadecimal, two digits for a byte'),
    ),
  'push token in hexadecimal; Apple’s have 64 digits',
);

export const pushTopic = z
  .string()
  .check(
    z.regex(
      /^[A-Za-z0-9][A-Za-z0-9._-]{0,254}$/,
      'a topic looks like com.apple.mgmt.External.… or a bundle id',
    ),
  );
