import assert from 'node:assert/strict';
import type { Response } from '../../src/core/outcome.ts';
import type { Tenant } from '../../src/engine/tenant.ts';
import { TenantError } from '../../src/engine/tenant.ts';
import { currentToken } from '../../src/organization/enrollment/mdm-server.ts';
import { ScenarioError } from '../../src/scenario/reading/problem.ts';
import { SimulatedApple } from '../../src/simulated-apple.ts';
import { oauthHeader, oauthParameters } from '../dep/mdm.ts';
import { ask, requestOf, textOf } from '../dep/requests.ts';

const URL_SIGNED = 'http://apple.test/session';

const tokenOf = ({ organization }: Tenant) => currentToken(organization.enrollment.servers[0]!);

const signed = (credentials: ReturnType<typeof tokenOf>) =>
  requestOf('GET', '/session', {
    headers: { authorization: oauthHeader(oauthParameters(credentials, { url: URL_SIGNED })) },
  });

const account = (session: string) =>
  requestOf('GET', '/account', { headers: { 'x-adm-auth-session': session } });

const counts = (apple: SimulatedApple, ...views: (string | undefined)[]) =>
  views.map((view) => [...apple.journal.entries(view)].length);

const why = ({ headers }: Response): string => headers['x-crabapple-why'] ?? '';

describe('organizations', () => {
  let apple: SimulatedApple;
  let acme: Tenant;
  let second: Tenant;

  beforeEach(async () => {
    apple = new SimulatedApple();
    acme = await apple.addScenario({ name: 'Acme', organization: { org_name: 'Acme' } });
    second = await apple.addScenario({ name: 'Acme', organization: { org_name: 'Second' } });
  });

  it('are named by the slug of the scenario, made unique', async () => {
    assert.deepEqual([acme.id, second.id], ['acme', 'acme-2']);
    const odd = await apple.addScenario({ name: '  Ünïcödé & Söhne  ' });
    assert.equal(odd.id, 'u-ni-co-de-so-hne');
    assert.equal((await apple.addScenario({ name: '🍏' })).id, 'organization');
    assert.ok((await apple.addScenario({ name: 'x'.repeat(500) })).id.length <= 64);
  });

  it('are found by their credentials: consumer key, then session', async () => {
    for (const tenant of [acme, second]) {
      const session = JSON.parse(textOf(await ask(apple, signed(tokenOf(tenant))))).auth_session_token;
      const { server_name, org_name } = JSON.parse(textOf(await ask(apple, account(session))));
      assert.equal(org_name, tenant.scenario.organization.account.org_name);
      assert.equal(server_name, 'MDM server');
    }
    assert.deepEqual(counts(apple, 'acme', 'acme-2', undefined), [2, 2, 0]);
  });

  it('look the same from one file, and share no credential', () => {
    assert.notEqual(tokenOf(acme).consumer_key, tokenOf(second).consumer_key);
    assert.notEqual(tokenOf(acme).access_secret, tokenOf(second).access_secret);
  });

  it('without a credential a request goes to the default, which is the first or the one that is set', async () => {
    await ask(apple, requestOf('GET', '/account'));
    assert.deepEqual(counts(apple, 'acme', 'acme-2'), [1, 0]);
    const third = await apple.addScenario({ name: 'third' }, { default: true });
    await ask(apple, requestOf('GET', '/account'));
    assert.deepEqual(counts(apple, 'acme', third.id), [1, 1]);
  });

  describe('an unknown credential', () => {
    it("meets Apple's error, a journal of its own, and the nearest consumer key", async () => {
      const own = tokenOf(second);
      const mistyped = own.consumer_key.slice(0, -1) + (own.consumer_key.endsWith('0') ? '1' : '0');
      const answer = await ask(apple, signed({ ...own, consumer_key: mistyped }));
      assert.equal(answer.status, 401);
      assert.equal(textOf(answer), 'oauth_problem_adviceUnauthorized');
      assert.match(why(answer), /is not known; the nearest is .*of acme-2$/);
      for (const key of [mistyped, own.consumer_key])
        assert.ok(why(answer).includes(`${key.slice(0, 20)}...${key.slice(-12)}`), why(answer));
      assert.deepEqual(counts(apple, 'acme', 'acme-2', undefined), [0, 0, 1]);
    });

    it('names nothing where nothing is near', async () => {
      const answer = await ask(apple, signed({ ...tokenOf(acme), consumer_key: 'nothing like it' }));
      assert.match(why(answer), /is not known$/);
    });

    it('of a session of another Apple is FORBIDDEN', async () => {
      const elsewhere = new SimulatedApple();
      const tenant = await elsewhere.addScenario({ name: 'elsewhere' });
      const session = JSON.parse(textOf(await ask(elsewhere, signed(tokenOf(tenant))))).auth_session_token;
      const answer = await ask(apple, account(session));
      assert.deepEqual([answer.status, textOf(answer)], [403, 'FORBIDDEN']);
      assert.deepEqual(counts(apple, 'acme', 'acme-2', undefined), [0, 0, 1]);
    });

    it('does not count against the limit of anybody, nor apply to a fault', async () => {
      await apple.replaceScenario('acme', {
        name: 'Acme',
        behavior: { dep: { requests_per_minute: 1 } },
        faults: [{ on: 'dep.*', answer: 'SERVER_ERROR' }],
      });
      for (let request = 0; request < 3; request += 1)
        assert.equal((await ask(apple, account('unknown'))).status, 403);
    });
  });

  describe('a credential that is written out', () => {
    const server_token = {
      consumer_key: 'CK_1',
      consumer_secret: 'CS',
      access_token: 'AT',
      access_secret: 'AS',
    };
    const file = `name: written\nmdm_servers:\n  - server_name: A\n    server_token: ${JSON.stringify(server_token)}\n`;

    it('belongs to one organization; a second one is rejected with its position', async () => {
      await apple.addScenario(file);
      await assert.rejects(apple.addScenario(file, { file: 'two.yaml' }), (error) => {
        assert.ok(error instanceof ScenarioError);
        const [problem] = error.problems;
        assert.equal(problem!.file, 'two.yaml');
        assert.equal(problem!.line, 4);
        assert.match(problem!.message, /belongs to the organization written/);
        return true;
      });
      assert.equal(apple.tenants.all.length, 3);
    });

    it('is made anew with `credentials: generate`', async () => {
      await apple.addScenario(file);
      const copy = await apple.addScenario(`${file}credentials: generate\n`);
      assert.notEqual(tokenOf(copy).consumer_key, 'CK_1');
    });

    it('is free again once its holder was removed', async () => {
      const { id } = await apple.addScenario(file);
      apple.tenants.remove(id);
      await apple.addScenario(file);
    });

    it('of depsim is held by one organization too', async () => {
      await apple.addScenario({ name: 'one', depsim: true });
      await assert.rejects(
        apple.addScenario('name: two\ndepsim: true\n'),
        /depsim belong to the organization one/,
      );
    });
  });

  const INVALID_IDS: readonly (readonly [what: string, options: { id: string }, problem: string])[] = [
    ['an id that is taken', { id: 'acme' }, 'id_taken'],
    ['an empty id', { id: '' }, 'id_form'],
    ['an id with a slash', { id: 'a/b' }, 'id_form'],
    ['a very long id', { id: 'a'.repeat(65) }, 'id_form'],
    ['an id that begins with a dot', { id: '..' }, 'id_form'],
  ];
  for (const [what, options, problem] of INVALID_IDS) {
    it(`cannot have ${what}`, async () => {
      await assert.rejects(apple.addScenario({ name: 'x' }, options), (error) => {
        assert.ok(error instanceof TenantError);
        assert.equal(error.problem, problem);
        return true;
      });
      assert.equal(apple.tenants.all.length, 2);
    });
  }

  it('that come at the same time under one id are one', async () => {
    const both = await Promise.allSettled([
      apple.addScenario({ name: 'x' }, { id: 'same' }),
      apple.addScenario({ name: 'x' }, { id: 'same' }),
    ]);
    assert.deepEqual(both.map(({ status }) => status).sort(), ['fulfilled', 'rejected']);
    assert.equal(apple.tenants.all.length, 3);
  });

  it('cannot be removed while they are the default, or unknown', () => {
    assert.throws(() => apple.tenants.remove('acme'), { problem: 'is_default' });
    assert.throws(() => apple.tenants.remove('unknown'), { problem: 'unknown_id' });
    apple.tenants.remove('acme-2');
    assert.equal(apple.tenants.get('acme-2'), undefined);
  });

  it('that are removed take their credentials along', async () => {
    const request = signed(tokenOf(second));
    apple.tenants.remove('acme-2');
    assert.equal((await ask(apple, request)).status, 401);
  });

  it('that are replaced by a wrong scenario stay as they were', async () => {
    await assert.rejects(apple.replaceScenario('acme', { nme: 'x' }), ScenarioError);
    assert.equal((await ask(apple, signed(tokenOf(acme)))).status, 200);
    assert.equal(apple.tenants.get('acme'), acme);
  });
});
