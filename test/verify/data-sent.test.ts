import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { Field, FieldGroup } from '../../src/engine/fields.ts';
import { simplePath } from '../../src/engine/matching/location.ts';
import type { ObservedExchange } from '../../src/engine/observed-exchange.ts';
import { readDeclaration } from '../../src/scenario/declaration.ts';
import type {
  DataSentExpectation,
  DeclarationDefinition,
  DeclarationRow,
} from '../../src/scenario/verification.ts';
import { CATALOG, SERVICES } from '../../src/services/index.ts';
import { startDeclaration } from '../../src/verify/data-sent/start-declaration.ts';
import { DataSentTracker } from '../../src/verify/data-sent/tracker.ts';
import { verified } from './following.ts';
import { exchangeOf, viewOf } from './seen.ts';

const FILE = 'scenarios/declarations/intune.yaml';

const intune = (): Promise<DeclarationDefinition> => readDeclaration(FILE, readFileSync(FILE, 'utf8'));

describe('the declaration of Intune', () => {
  it('has the 27 rows of the published table, in their order', async () => {
    const { rows } = await intune();
    assert.deepEqual(
      rows.map(({ row, item }) => `${row} ${item}`),
      [
        'Token, PushMagic',
        'Server token',
        'server_name',
        'server_uuid',
        'admin_id',
        'org_name',
        'org_email',
        'org_phone',
        'org_address',
        'org_id',
        'serial_number',
        'model',
        'description',
        'asset_tag',
        'profile_status',
        'profile_uuid',
        'device_assigned_by',
        'os',
        'device_family',
        'profile_name',
        'support_phone_number',
        'support_email_address',
        'department',
        'devices',
        'Intune UserId guid',
        'Managed AppleId UPN',
        'Serial Number',
      ].map((item, index) => `${index + 1} ${item}`),
    );
  });

  it('has the personal data and protocol versions of the field catalog', async () => {
    const { rows } = await intune();
    for (const { row, since = 1, personalData, places } of rows) {
      const fields = places
        .filter(({ served }) => served)
        .flatMap(({ operation, location }) =>
          CATALOG.matching(operation).map(({ name }) => CATALOG.fieldNamed(name, simplePath(location)!)),
        )
        .filter((field) => field !== undefined);
      if (fields.length === 0) continue;
      assert.ok(
        fields.every(({ declarationRows }) => declarationRows?.includes(Number(row))),
        `the fields are of row ${row}`,
      );
      assert.deepEqual(new Set(fields.map(({ personal }) => personal)), new Set([personalData]), row);
      assert.equal(Math.min(...fields.map((field) => field.since)), since, row);
    }
  });

  it('has a place for every operation with a field of a row in the field catalog', async () => {
    const { rows } = await intune();
    const missing: string[] = [];
    for (const groups of SERVICES.map(({ fields }) => fields)) {
      for (const { fields, places } of Object.values(groups as Readonly<Record<string, FieldGroup>>)) {
        for (const field of fields) missing.push(...unplaced(rows, field, places));
      }
    }
    assert.deepEqual(missing, []);
  });
});

/** The operations of a field that none of its rows lists. */
function unplaced(
  rows: readonly DeclarationRow[],
  field: Field,
  places: FieldGroup['places'],
): readonly string[] {
  const own = rows.filter(({ row }) => field.declarationRows?.includes(Number(row)));
  if (own.length === 0) return [];
  return places
    .filter(({ operation, at }) => {
      if (at.startsWith('$.response') || field.direction === 'received') return false;
      if (CATALOG.matching(operation).length === 0) return false;
      const patterns = own.flatMap((row) => row.places.map((place) => place.operation));
      return !patterns.some((pattern) => CATALOG.matching(pattern).some(({ name }) => name === operation));
    })
    .map(({ operation }) => `${operation} ${field.name}`);
}

const declaration: DeclarationDefinition = {
  name: 'own',
  file: undefined,
  rows: [
    {
      row: '1',
      service: 'DEP',
      item: 'name',
      direction: 'sent',
      personalData: 'maybe',
      places: [{ operation: 'dep.profile.define', location: '$.body.profile_name', served: true }],
    },
    {
      row: '2',
      service: 'DEP',
      item: 'devices',
      direction: 'sent',
      personalData: 'pseudonym',
      places: [
        { operation: 'dep.profile.*', location: '$.body.devices', served: true },
        { operation: 'dep.profile.assign', location: '$.body.profile_uuid', served: true },
      ],
    },
    {
      row: '3',
      service: 'DEP',
      item: 'server_name',
      direction: 'received',
      personalData: 'maybe',
      places: [{ operation: 'dep.account', location: '$.response.body.server_name', served: true }],
    },
    {
      row: '4',
      service: 'VPP',
      item: 'user',
      direction: 'sent',
      personalData: 'yes',
      places: [{ operation: 'later.users.create', location: '$.body.user', served: false }],
    },
  ],
};

const expectation = (more: Partial<DataSentExpectation> = {}): DataSentExpectation => ({
  kind: 'data_sent',
  declaration,
  undeclared: 'fail',
  unseen: 'ignore',
  ...more,
});

function reportOf(exchanges: readonly ObservedExchange[], definition = expectation()) {
  const tracker = new DataSentTracker(definition, CATALOG);
  for (const exchange of exchanges) tracker.observe(exchange);
  return tracker.report;
}

function account(seq: number, body: unknown): ObservedExchange {
  const text = JSON.stringify(body);
  return exchangeOf(seq, 'dep.account', undefined, {
    answerText: text,
    view: viewOf(undefined, { response: { status: 200, headers: {}, body } }),
  });
}

const NAME = exchangeOf(1, 'dep.profile.define', { profile_name: 'Acme default' });
const ASSIGN = exchangeOf(2, 'dep.profile.assign', {
  profile_uuid: 'A',
  devices: ['C02ACME0001', 'C02ACME0002'],
});
const ACCOUNT = account(3, { server_name: 'Acme MDM server' });

describe('data sent', () => {
  it('reports each row as sent, received, not seen or not served yet', () => {
    const { rows } = reportOf([NAME, ASSIGN, ACCOUNT, account(4, { server_name: 'Acme MDM server' })]);
    assert.deepEqual(
      rows.map(({ status, sent, received, operations, sample }) => [
        status,
        sent,
        received,
        operations,
        sample,
      ]),
      [
        ['sent', 1, 0, ['dep.profile.define'], 'Acm••••••'],
        ['sent', 1, 0, ['dep.profile.assign'], 'C02•••••• and 1 more'],
        ['received', 0, 2, ['dep.account'], 'Acm••••••'],
        ['not served yet', 0, 0, [], undefined],
      ],
    );
    assert.equal(reportOf([NAME]).rows[2]?.status, 'not seen');
  });

  it('reports undeclared values in body, query and headers', () => {
    const { undeclared } = reportOf([
      exchangeOf(1, 'dep.profile.define', {
        profile_name: 'x',
        department: 'jane@acme.example',
        extra: { deep: [{ mail: 'a' }, { mail: 'b' }], none: null },
        list: ['one', 'two'],
      }),
      exchangeOf(2, 'dep.profile.define', { department: 'again' }),
      exchangeOf(3, 'dep.profile.get', undefined, {
        view: viewOf(undefined, { query: { profile_uuid: 'A' } }),
      }),
      exchangeOf(4, undefined, { stray: 1 }),
      exchangeOf(5, 'dep.session', undefined, {
        view: viewOf(undefined, { headers: { authorization: 'OAuth secret' } }),
      }),
      exchangeOf(6, 'dep.account', 'some text'),
    ]);
    assert.deepEqual(
      undeclared.map(
        ({ operation, location, count, sample }) => `${operation} ${location} ${count} ${sample}`,
      ),
      [
        'dep.account $.body 1 som••••••',
        'dep.profile.define $.body.department 2 jan••••••',
        'dep.profile.define $.body.extra.deep[*].mail 2 ••••••',
        'dep.profile.define $.body.list[*] 1 o••••••',
        'dep.profile.get $.query.profile_uuid 1 A',
        'dep.session $.headers.authorization 1 ••••••',
        'no operation $.body.stray 1 1',
      ],
    );
  });

  it('passes or fails by `undeclared` and `unseen`', async () => {
    const stray = exchangeOf(1, 'dep.profile.define', { url: 'https://mdm.example' });
    const table = [
      [expectation(), [NAME], 'passed'],
      [expectation(), [NAME, stray], 'failed'],
      [expectation({ undeclared: 'warn' }), [NAME, stray], 'passed'],
      [expectation({ unseen: 'fail' }), [NAME], 'failed'],
      [expectation({ unseen: 'fail' }), [NAME, ASSIGN, ACCOUNT], 'passed'],
      [expectation({ undeclared: 'warn', unseen: 'fail' }), [stray], 'failed'],
      // An expectation without any data fails.
      [expectation(), [], 'failed'],
      [expectation({ undeclared: 'warn' }), [exchangeOf(1, 'dep.account')], 'failed'],
    ] as const;
    for (const [definition, exchanges, status] of table) {
      assert.equal((await verified(definition, exchanges)).status, status);
    }
    const { warnings } = await verified(expectation({ undeclared: 'warn' }), [stray]);
    assert.deepEqual(warnings, [
      '1 value was sent but not declared: $.body.url of dep.profile.define (https://mdm.example)',
    ]);
  });

  it('keeps at most 1000 undeclared values, and is then unknown', async () => {
    const many = Array.from({ length: 3000 }, (_, index) =>
      exchangeOf(index + 1, 'dep.profile.define', { profile_name: 'x', [`member_${index}`]: index }),
    );
    const { undeclared, overflow } = reportOf(many);
    assert.equal(undeclared.length, 1000);
    assert.match(overflow ?? '', /more than 1000 different/);
    const { status } = await verified(expectation({ undeclared: 'warn' }), many);
    assert.equal(status, 'unknown');
    assert.equal(
      (await verified(expectation(), many)).status,
      'failed',
      'the recorded values suffice to fail',
    );
  });

  it('is unknown after a body that is too deep or incomplete, and with missing exchanges', async () => {
    const deep = JSON.parse(`${'{"a":'.repeat(100)}1${'}'.repeat(100)}`);
    const table: readonly (readonly [readonly ObservedExchange[], string | undefined])[] = [
      [[exchangeOf(1, 'dep.profile.define', { profile_name: 'x', extra: deep })], undefined],
      [[{ ...NAME, partial: true }], undefined],
      [[NAME], 'the journal no longer has 2 earlier exchanges'],
    ];
    for (const [exchanges, gap] of table) {
      assert.equal((await verified(expectation(), exchanges, gap)).status, 'unknown');
    }
  });

  it('writes a declaration from the exchanges, so that nothing is undeclared', async () => {
    const exchanges = [
      exchangeOf(1, 'dep.profile.define', {
        profile_name: 'x',
        devices: ['A1'],
        url: 'u',
        own: { member: 1 },
      }),
      exchangeOf(2, 'dep.profile.assign', { profile_uuid: 'A', devices: ['A1'] }),
    ];
    const text = (await startDeclaration('Ours', exchanges, CATALOG)) ?? '';
    // A row cannot declare a field that is not in the field catalog.
    assert.match(text, /^# {3}dep\.profile\.define "\$\.body\.own\.member"$/m);
    assert.doesNotMatch(text, /item: member/);
    await readDeclaration('ours.yaml', text);
    assert.equal(await startDeclaration('Ours', [], CATALOG), undefined);
    const known = await startDeclaration('Ours', [exchanges[1]!], CATALOG);
    const started = await readDeclaration('ours.yaml', known ?? '');
    assert.deepEqual(reportOf([exchanges[1]!], expectation({ declaration: started })).undeclared, []);
    assert.deepEqual(
      started.rows.map(({ item, personalData }) => [item, personalData]),
      [
        ['devices', 'pseudonym'],
        ['profile_uuid', 'no'],
      ].toReversed(),
    );
  });
});
