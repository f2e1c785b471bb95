import * as z from 'zod/mini';
import { described } from '../../scenario/schema/texts.ts';

const ONE_YEAR = 365;
const MOST_DAYS = 36_500;

// A subject of X.509 holds no more than that of a UID (RFC 4524 section 3 has no bound; clients have).
const topicText = z
  .string()
  .check(z.regex(/^[\x21-\x7e]{1,200}$/, 'a topic is visible ASCII without blanks'));

export const pushCertificateSchema = z
  .strictObject({
    topic: described(z.optional(topicText), "what it is good for; the organization's own where not given"),
    new_topic: described(
      z._default(z.boolean(), false),
      'a topic that nobody has, as of a certificate that was not renewed but made anew',
    ),
    more_topics: described(
      z._default(z.array(topicText).check(z.maxLength(100)), []),
      'topics beside it, as certificates of apps list them',
    ),
    environment: z._default(z.enum(['production', 'sandbox', 'both']), 'production'),
    days: described(
      z._default(z.int().check(z.minimum(1), z.maximum(MOST_DAYS)), ONE_YEAR),
      'how long it is good',
    ),
    expired: described(z._default(z.boolean(), false), 'it is over already'),
    password: described(z._default(z.string().check(z.maxLength(1000)), ''), 'of the PKCS#12 file'),
  })
  .check(
    z.refine(({ topic, new_topic }) => topic === undefined || !new_topic, {
      message: '`topic` and `new_topic` exclude each other',
    }),
  );

export type PushCertificateWish = z.output<typeof pushCertificateSchema>;
