import * as z from 'zod';

const ONE_YEAR = 365;
const MOST_DAYS = 36_500;

// A subject of X.509 holds no more than that of a UID (RFC 4524 section 3 has no bound; clients have).
const topicText = z.string().regex(/^[\x21-\x7e]{1,200}$/, 'a topic is visible ASCII without blanks');

export const pushCertificateSchema = z
  .strictObject({
    topic: topicText
      .optional()
      .meta({ description: "what it is good for; the organization's own where not given" }),
    new_topic: z.boolean().default(false).meta({
      description: 'a topic that nobody has, as of a certificate that was not renewed but made anew',
    }),
    more_topics: z
      .array(topicText)
      .max(100)
      .default([])
      .meta({ description: 'topics beside it, as certificates of apps list them' }),
    environment: z.enum(['production', 'sandbox', 'both']).default('production'),
    days: z.int().min(1).max(MOST_DAYS).default(ONE_YEAR).meta({ description: 'how long it is good' }),
    expired: z.boolean().default(false).meta({ description: 'it is over already' }),
    password: z.string().max(1000).default('').meta({ description: 'of the PKCS#12 file' }),
  })
  .refine(({ topic, new_topic }) => topic === undefined || !new_topic, {
    message: '`topic` and `new_topic` exclude each other',
  });

export type PushCertificateWish = z.output<typeof pushCertificateSchema>;
