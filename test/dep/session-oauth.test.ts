import assert from 'node:assert/strict';
import type { ServerCredentials } from '../../src/organization/definition.ts';
import { type Mdm, mdmOf, oauthHeader, oauthParameters } from './mdm.ts';
import { nameOfVersion, SCENARIO, VERSIONS } from './operations.ts';

const URL_SIGNED = 'http://apple.test/session';
const NOW = Date.parse(SCENARIO.clock.at);

type Parameters = Readonly<Record<string, string>>;

const pct = encodeURIComponent;

/** How clients write the header: the same parameters in the order, with the separators and quotes of each. */
const FORMS: readonly (readonly [who: string, write: (parameters: Parameters) => string])[] = [
  [
    'nanodep, micromdm and Fleet: no realm, `, `, percent-encoded',
    (p) =>
      `OAuth ${Object.entries(p)
        .map(([n, v]) => `${n}="${pct(v)}"`)
        .join(', ')}`,
  ],
  [
    'zentral: realm ADM first',
    (p) =>
      `OAuth realm="ADM", ${Object.entries(p)
        .map(([n, v]) => `${n}="${pct(v)}"`)
        .join(', ')}`,
  ],
  [
    'commas without blanks',
    (p) =>
      `OAuth ${Object.entries(p)
        .map(([n, v]) => `${n}="${pct(v)}"`)
        .join(',')}`,
  ],
  [
    'apple-mdm-clients: values raw in their quotes, signature encoded',
    (p) =>
      `OAuth ${Object.entries(p)
        .map(([n, v]) => `${n}="${n === 'oauth_signature' ? pct(v) : v}"`)
        .join(', ')}`,
  ],
  [
    'the signature raw, with its `+`, `/` and `=`',
    (p) =>
      `OAuth ${Object.entries(p)
        .map(([n, v]) => `${n}="${v}"`)
        .join(', ')}`,
  ],
  [
    'without quotes',
    (p) =>
      `OAuth ${Object.entries(p)
        .map(([n, v]) => `${n}=${pct(v)}`)
        .join(',')}`,
  ],
  [
    'reversed order, realm in the middle',
    (p) => {
      const parts = Object.entries(p)
        .reverse()
        .map(([n, v]) => `${n}="${pct(v)}"`);
      return `OAuth ${[...parts.slice(0, 3), 'realm="http://apple.test/"', ...parts.slice(3)].join(', ')}`;
    },
  ],
  [
    'the signature first',
    ({ oauth_signature: signature = '', ...rest }) => oauthHeader({ oauth_signature: signature, ...rest }),
  ],
  ['the scheme in lower case', (p) => oauthHeader(p).replace('OAuth', 'oauth')],
  ['several blanks and tabs', (p) => oauthHeader(p).replace('OAuth ', 'OAuth   ').replaceAll(', ', ' ,\t ')],
  ['lower-case hexadecimal digits', (p) => oauthHeader(p).replace(/%[0-9A-F]{2}/g, (t) => t.toLowerCase())],
  ['a comma at the end', (p) => `${oauthHeader(p)},`],
];

describe('GET /session, signed by OAuth 1.0a', () => {
  let mdm: Mdm;

  before(async () => {
    mdm = await mdmOf(SCENARIO);
  });

  const ask = (authorization: string | undefined, headers: Readonly<Record<string, string>> = {}) =>
    mdm.send('GET', '/session', { headers: { host: 'apple.test', authorization, ...headers } });

  describe('takes the header as clients write it', () => {
    for (const [who, write] of FORMS) {
      it(who, async () => {
        // Signatures differ in the characters that need encoding, so that one is not enough.
        for (let round = 0; round < 8; round += 1) {
          const answer = await ask(write(oauthParameters(mdm.credentials, { url: URL_SIGNED })));
          assert.equal(answer.status, 200, `${answer.text} ${answer.headers['x-crabapple-why']}`);
        }
      });
    }

    it('without oauth_version, which RFC 5849 leaves to the client', async () => {
      const { oauth_version: _, ...rest } = oauthParameters(mdm.credentials, {
        url: URL_SIGNED,
        omit: ['oauth_version'],
      });
      assert.equal((await ask(oauthHeader(rest))).status, 200);
    });

    it('with nonces of any form', async () => {
      for (const nonce of ['1', 'a1b2', '0123456789abcdef0123456789abcdef', 'ü%/ "', 'x'.repeat(500)]) {
        const parameters = oauthParameters(mdm.credentials, { url: URL_SIGNED, nonce });
        assert.equal((await ask(oauthHeader(parameters))).status, 200, nonce);
      }
    });
  });

  describe('verifies the URL as the client saw it', () => {
    const AUTHORITIES: readonly (readonly [host: string, url: string])[] = [
      ['127.0.0.1:8990', 'http://127.0.0.1:8990/session'],
      ['Localhost:8990', 'http://localhost:8990/session'],
      ['apple.test:80', 'http://apple.test/session'],
      ['[::1]:8990', 'http://[::1]:8990/session'],
    ];
    for (const [host, url] of AUTHORITIES) {
      it(`${url} for Host: ${host}`, async () => {
        const answer = await ask(oauthHeader(oauthParameters(mdm.credentials, { url })), { host });
        assert.equal(answer.status, 200, answer.headers['x-crabapple-why']);
      });
    }

    it('with the parameters of its query', async () => {
      const query = { b: 'two words', a: '1' };
      const authorization = oauthHeader(oauthParameters(mdm.credentials, { url: URL_SIGNED, query }));
      const signed = { headers: { host: 'apple.test', authorization } };
      assert.equal((await mdm.send('GET', '/session?b=two%20words&a=1', signed)).status, 200);
    });
  });

  it('answers a token in the form of recorded ones, in every version', async () => {
    for (const version of VERSIONS) {
      const answer = await mdm.openSession({}, { version });
      assert.equal(answer.status, 200, nameOfVersion(version));
      assert.equal(answer.headers['content-type'], 'application/json;charset=UTF8');
      assert.deepEqual(Object.keys(answer.body), ['auth_session_token']);
      const token: string = answer.body.auth_session_token;
      assert.match(token, /^\d{13}O1O[0-9A-F]+(?:O[0-9A-F]+)+$/);
      assert.equal(Number(token.slice(0, 13)), NOW);
      assert.ok(token.length >= 170 && token.length <= 190, String(token.length));
    }
  });

  it('returns a different token each time, and all of them are valid', async () => {
    const tokens = [await mdm.session(), await mdm.session(), await mdm.session()];
    assert.equal(new Set(tokens).size, 3);
    for (const session of tokens) assert.equal((await mdm.send('GET', '/account', { session })).status, 200);
  });

  interface Rejection {
    readonly what: string;
    readonly header: (parameters: Record<string, string>) => string;
    readonly credentials?: (own: ServerCredentials) => ServerCredentials;
    readonly status: 400 | 401;
    readonly why: RegExp;
  }

  const without =
    (name: string) =>
    ({ [name]: _, ...rest }: Record<string, string>): string =>
      oauthHeader(rest);
  const changed =
    (edits: Record<string, string>) =>
    (parameters: Record<string, string>): string =>
      oauthHeader({ ...parameters, ...edits });

  const REJECTIONS: readonly Rejection[] = [
    ...[
      'oauth_consumer_key',
      'oauth_token',
      'oauth_signature_method',
      'oauth_signature',
      'oauth_timestamp',
      'oauth_nonce',
    ].flatMap((name): Rejection[] => [
      { what: `${name} missing`, header: without(name), status: 400, why: new RegExp(`${name} is missing`) },
      {
        what: `${name} empty`,
        header: changed({ [name]: '' }),
        status: 400,
        why: new RegExp(`${name} is missing`),
      },
      {
        what: `${name} given twice`,
        header: (p) => `${oauthHeader(p)}, ${name}="${pct(p[name]!)}"`,
        status: 400,
        why: new RegExp(`${name} is given twice`),
      },
    ]),
    {
      what: 'realm given twice',
      header: (p) => `${oauthHeader(p)}, realm="ADM", realm="ADM"`,
      status: 400,
      why: /realm is given twice/,
    },
    {
      what: 'an unsupported parameter',
      header: changed({ oauth_callback: 'oob' }),
      status: 400,
      why: /oauth_callback is not supported/,
    },
    {
      what: 'an unsupported signature method',
      header: changed({ oauth_signature_method: 'HMAC-SHA256' }),
      status: 400,
      why: /HMAC-SHA256/,
    },
    {
      what: 'PLAINTEXT',
      header: changed({ oauth_signature_method: 'PLAINTEXT' }),
      status: 400,
      why: /PLAINTEXT/,
    },
    { what: 'another OAuth version', header: changed({ oauth_version: '2.0' }), status: 400, why: /2\.0/ },
    {
      what: 'an empty OAuth version',
      header: changed({ oauth_version: '' }),
      status: 400,
      why: /oauth_version/,
    },
    {
      what: 'a timestamp that is no number',
      header: changed({ oauth_timestamp: 'now' }),
      status: 400,
      why: /oauth_timestamp/,
    },
    {
      what: 'a timestamp before 1970',
      header: changed({ oauth_timestamp: '-1' }),
      status: 400,
      why: /oauth_timestamp/,
    },
    { what: 'another scheme', header: () => 'Bearer abc', status: 400, why: /OAuth/ },
    { what: 'the scheme alone', header: () => 'OAuth', status: 400, why: /missing/ },
    {
      what: 'a quote that never ends',
      header: (p) => `${oauthHeader(p)}, realm="ADM`,
      status: 400,
      why: /cannot be read/,
    },
    {
      what: 'no commas between the parameters',
      header: (p) => oauthHeader(p).replaceAll(', ', ' '),
      status: 400,
      why: /cannot be read/,
    },
    {
      what: 'an unknown consumer key',
      header: changed({ oauth_consumer_key: 'CK_unknown' }),
      status: 401,
      why: /CK_unknown is not known/,
    },
    {
      what: 'an unknown token',
      header: changed({ oauth_token: 'AT_unknown' }),
      status: 401,
      why: /AT_unknown/,
    },
    {
      what: 'an unknown token that is long',
      header: changed({ oauth_token: `AT_no${'b'.repeat(20)}ody` }),
      status: 401,
      why: /AT_nobbb\.\.\.body is none/,
    },
    {
      what: 'a wrong consumer_secret',
      credentials: (own) => ({ ...own, consumer_secret: 'CS_wrong' }),
      header: oauthHeader,
      status: 401,
      why: /wrong consumer_secret or access_secret/,
    },
    {
      what: 'a wrong access_secret',
      credentials: (own) => ({ ...own, access_secret: 'AS_wrong' }),
      header: oauthHeader,
      status: 401,
      why: /wrong consumer_secret or access_secret/,
    },
    {
      what: 'the secrets exchanged',
      credentials: (own) => ({
        ...own,
        consumer_secret: own.access_secret,
        access_secret: own.consumer_secret,
      }),
      header: oauthHeader,
      status: 401,
      why: /exchanged/,
    },
    {
      what: 'no access_secret',
      credentials: (own) => ({ ...own, access_secret: '' }),
      header: oauthHeader,
      status: 401,
      why: /without the access_secret/,
    },
    {
      what: 'a nonce that was exchanged after signing',
      header: changed({ oauth_nonce: 'another' }),
      status: 401,
      why: /signature/,
    },
    {
      what: 'a signature of another length',
      header: changed({ oauth_signature: 'abc' }),
      status: 401,
      why: /signature/,
    },
  ];

  describe('rejects with 400 or 401 and the reason', () => {
    for (const { what, header, credentials, status, why } of REJECTIONS) {
      it(`${status}: ${what}`, async () => {
        const own = mdm.credentials;
        const parameters = oauthParameters(credentials?.(own) ?? own, { url: URL_SIGNED });
        const answer = await ask(header(parameters));
        assert.equal(answer.status, status, answer.headers['x-crabapple-why']);
        assert.equal(
          answer.text,
          status === 400 ? 'oauth_problem_adviceBad Request' : 'oauth_problem_adviceUnauthorized',
        );
        assert.equal(answer.headers['content-type'], 'text/plain;Charset=UTF8');
        assert.match(answer.headers['x-crabapple-why'] ?? '', why);
      });
    }

    it('400: no Authorization header at all', async () => {
      const answer = await ask(undefined);
      assert.equal(answer.text, 'oauth_problem_adviceBad Request');
      assert.match(answer.headers['x-crabapple-why'] ?? '', /Authorization header is missing/);
    });

    it('401: the consumer key of one MDM server with the token of another', async () => {
      const mixed = { ...mdm.credentials, access_token: mdm.other(1).credentials.access_token };
      const answer = await ask(oauthHeader(oauthParameters(mixed, { url: URL_SIGNED })));
      assert.equal(answer.status, 401);
      assert.match(answer.headers['x-crabapple-why'] ?? '', /is none of "Acme MDM"/);
    });

    const URLS: readonly (readonly [signed: string, why: RegExp])[] = [
      ['https://apple.test:8990/session', /--public-url https:\/\/apple\.test:8990$/],
      ['http://apple.test/session', /--public-url http:\/\/apple\.test$/],
      ['https://apple.test/session', /--public-url https:\/\/apple\.test$/],
      ['https://mdmenrollment.apple.com/session', /--public-url https:\/\/mdmenrollment\.apple\.com$/],
      ['http://elsewhere.test/session', /another URL than http:\/\/apple\.test:8990\/session/],
      ['http://apple.test:8990/session/', /another URL/],
    ];
    for (const [signed, why] of URLS) {
      it(`401: signed for ${signed}, seen as http://apple.test:8990/session`, async () => {
        const parameters = oauthParameters(mdm.credentials, { url: signed });
        const answer = await ask(oauthHeader(parameters), { host: 'apple.test:8990' });
        assert.equal(answer.text, 'oauth_problem_adviceUnauthorized');
        assert.match(answer.headers['x-crabapple-why'] ?? '', why);
      });
    }
  });

  it('never shows a secret in the response headers', async () => {
    const { consumer_secret, access_secret } = mdm.credentials;
    const answer = await ask(
      oauthHeader(oauthParameters({ ...mdm.credentials, consumer_secret: 'x' }, { url: URL_SIGNED })),
    );
    const shown = JSON.stringify(answer.headers);
    assert.ok(!shown.includes(consumer_secret) && !shown.includes(access_secret));
  });
});
