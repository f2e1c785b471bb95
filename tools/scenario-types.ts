import type * as z from 'zod/mini';
import type { Catalog } from '../src/engine/catalog.ts';
import { SUBJECTS } from '../src/engine/matching/location.ts';
import type { BehaviorSetting } from '../src/organization/behavior.ts';
import { describeBehavior } from '../src/scenario/json-schema.ts';
import { actionArgumentsFor } from '../src/scenario/schema/actions.ts';
import { behaviorSchema } from '../src/scenario/schema/behavior.ts';
import { adamId, appSchema, locationSchema } from '../src/scenario/schema/content.ts';
import {
  deviceItemSchema,
  generatedDevicesSchema,
  literalDeviceSchema,
} from '../src/scenario/schema/devices.ts';
import { declarationSchema, expectationSchema } from '../src/scenario/schema/expectations.ts';
import {
  errorName,
  errorNumber,
  faultAnswerSchema,
  faultSchema,
  faultTarget,
} from '../src/scenario/schema/faults.ts';
import {
  matcherSchema,
  ownershipSchema,
  plainMatcher,
  whereSchema,
} from '../src/scenario/schema/matchers.ts';
import { accountSchema, mdmServerSchema, serverTokenSchema } from '../src/scenario/schema/organization.ts';
import { pushSchema } from '../src/scenario/schema/push.ts';
import { fullScenarioSchema } from '../src/scenario/schema/scenario.ts';
import { stateSchemaFor } from '../src/scenario/schema/state.ts';
import { durationText, instantText, operationPattern } from '../src/scenario/schema/texts.ts';
import { timelineEntrySchemaFor } from '../src/scenario/schema/timeline.ts';
import { definitionOf, indented, type Named, SchemaTypes, words } from './schema-types.ts';

const lines = (values: readonly unknown[]): string =>
  values.map((value) => `\n  | ${words([value])}`).join('');

/** One part of a duration; a duration has up to three. */
const PART = `\${number}\${Unit}`;

/** Every named type, in the order of the file. */
const namedTypes = async (catalog: Catalog): Promise<readonly Named[]> => {
  const errorNames = [...new Set(catalog.services.flatMap(({ errors }) => Object.keys(errors)))];
  const numbers = errorNames.filter((name) => /^\d+$/.test(name));
  return [
    {
      name: 'Scenario',
      about: 'A scenario: one organization of the simulated Apple.',
      schema: await fullScenarioSchema(catalog),
    },
    {
      name: 'ScenarioAccount',
      about: 'The organization as `GET /account` returns it, and its terms and conditions.',
      schema: accountSchema,
    },
    { name: 'ScenarioMdmServer', about: 'An MDM server of the organization.', schema: mdmServerSchema },
    { name: 'ScenarioServerToken', about: 'The content of a server token.', schema: serverTokenSchema },
    {
      name: 'ScenarioDevice',
      about: 'One device, or a number of generated devices.',
      schema: deviceItemSchema,
    },
    {
      name: 'NamedDevice',
      about: 'One device with its serial number. Missing members are generated from the seed.',
      schema: literalDeviceSchema,
    },
    {
      name: 'GeneratedDevices',
      about: 'A number of devices, generated from the seed when they are first used.',
      schema: generatedDevicesSchema,
    },
    { name: 'ScenarioPush', about: 'Topic, certificates and keys of the push service.', schema: pushSchema },
    { name: 'ScenarioLocation', about: 'A location of Apps and Books.', schema: locationSchema },
    { name: 'ScenarioApp', about: 'An app or a book in the store.', schema: appSchema },
    {
      name: 'ScenarioState',
      // Not in the reference: only exported snapshots contain it.
      about: 'The state of an exported snapshot. @internal',
      schema: stateSchemaFor(catalog.areas),
    },
    {
      name: 'BehaviorSettings',
      about: 'Behavior settings; each has a default.',
      schema: behaviorSchema(catalog.behavior),
    },
    {
      name: 'Fault',
      about: 'An injected failure: which requests it matches, and its effect.',
      schema: faultSchema,
    },
    { name: 'FaultAnswer', about: 'The response of a fault.', schema: faultAnswerSchema },
    {
      name: 'TimelineEntry',
      about: 'One planned event: when it happens, and one portal action or fault action.',
      schema: await timelineEntrySchemaFor(catalog.areas),
      text: 'TimelineMoment & (Action | FaultAction)',
    },
    {
      name: 'Expectation',
      about:
        'A requirement for the system under test: one of `operation`, `never`, `in_order` and `data_sent`.',
      schema: expectationSchema,
    },
    {
      name: 'DataSentDeclaration',
      about: 'The data that a vendor declares to exchange with Apple.',
      schema: declarationSchema,
    },
    {
      name: 'Where',
      about: 'JSONPath locations such as `$.body.profile_name`, each with a matcher. All must match.',
      schema: whereSchema,
      text: `{ readonly [Location in \`$\${string}\` | ${words(Object.keys(SUBJECTS))}]?: Matcher | undefined }`,
    },
    {
      name: 'Matcher',
      about: 'A condition on a value. If it has several members, all must hold.',
      schema: matcherSchema,
    },
    { name: 'NegatedMatcher', about: 'A condition that must not hold.', schema: plainMatcher },
    {
      name: 'Ownership',
      about: "Any of the organization's, those of the requesting MDM server, or those of a named MDM server.",
      schema: ownershipSchema,
    },
    {
      name: 'OperationPattern',
      about: 'The name of an operation, or a pattern in which `*` matches any characters.',
      schema: operationPattern,
      text: `OperationName | \`\${string}*\${string}\``,
    },
    {
      name: 'FaultTarget',
      about:
        'The operations that a fault matches; `connection` matches a new connection before its first request.',
      schema: faultTarget,
      text: "OperationPattern | 'connection'",
    },
    {
      name: 'AppleErrorName',
      about: "The name of one of Apple's errors in the error table of the service.",
      schema: errorName,
      text: lines([...new Set(errorNames)].sort()),
    },
    {
      name: 'AppleErrorNumber',
      about: 'An error number of Apps and Books.',
      schema: errorNumber,
      text: lines(numbers.map(Number)),
    },
    {
      name: 'AdamId',
      about: 'The number of an app or book in the store; a string if it is too large for a number.',
      schema: adamId,
    },
    {
      name: 'Instant',
      about: 'An instant as text: `2026-03-02` or `2026-03-02T08:00:00Z`.',
      schema: instantText,
      text: 'string',
    },
    {
      name: 'Duration',
      about: 'A duration: `500ms`, `30s`, `10m`, `24h`, `7d`, `1h30m` or `1 h 30 m`.',
      schema: durationText,
      text: [1, 2, 3].map((parts) => `\`${PART.repeat(parts)}\``).join(' | '),
    },
  ];
};

/** `ActionArguments` and `Action`: an action has exactly one member. */
async function actions(types: SchemaTypes, { areas }: Catalog): Promise<string> {
  const shape = await actionArgumentsFor(areas);
  return `/** The argument of each portal action, by the name of the action. */
export interface ActionArguments {
  ${indented(types.membersOf(shape))}
}

/** A portal action: exactly one member, named after the action. */
export type Action = {
  [Name in keyof ActionArguments]: { readonly [Only in Name]: ActionArguments[Name] };
}[keyof ActionArguments];
`;
}

/** The parts of a timeline entry, which are members of one object in the schema. */
async function timeline(types: SchemaTypes, { areas }: Catalog): Promise<string> {
  const { at, after, ...done } = (await timelineEntrySchemaFor(areas)).shape as Readonly<
    Record<string, z.ZodMiniType>
  >;
  const inner = (member: z.ZodMiniType): z.ZodMiniType => definitionOf(member).innerType!;
  const form = (name: string): string => types.membersOf({ [name]: inner(done[name]!) });
  return `/** When a timeline entry happens: at a virtual time, or after a duration or a request. */
export type TimelineMoment = {
  ${indented(types.membersOf({ at: inner(at!) }))}
} | {
  ${indented(types.membersOf({ after: inner(after!) }))}
};

/** Sets or clears faults. */
export type FaultAction = {
  ${indented(form('set_faults'))}
} | {
  ${indented(form('clear_faults'))}
};
`;
}

/** The type of a behavior setting's value. */
function valueType(key: BehaviorSetting): string {
  switch (key.kind) {
    case 'integer':
    case 'duration':
      return 'number';
    case 'choice':
      return words(key.words);
    case 'flag':
      return 'boolean';
    case 'text':
      return 'string';
    case 'text_list':
      return 'readonly string[]';
  }
}

/** `BehaviorValues`: the current value of every setting. */
function behaviorValues({ behavior }: Catalog): string {
  const services = Object.entries(behavior).map(([service, table]) => {
    const members = Object.entries(table).map(
      ([name, key]) =>
        `/** ${key.about}${key.kind === 'duration' ? '; milliseconds' : ''} */\nreadonly ${name}: ${valueType(key)};`,
    );
    return `readonly ${service}: {\n  ${indented(members.join('\n'))}\n};`;
  });
  return `/** Every behavior setting with its current value. */
export interface BehaviorValues {
  ${indented(services.join('\n'))}
}
`;
}

/** Editors complete the known locations of an operation; any other JSONPath is allowed too. */
const LOCATIONS = `/** Locations of the members of an operation's query, request body and response body. */
export type LocationOf<Operation extends OperationName> =
  | \`$.query.\${NamesIn<Exchanges[Operation]['query']>}\`
  | \`$.body.\${NamesIn<Exchanges[Operation]['body']>}\`
  | \`$.response.body.\${NamesIn<Exchanges[Operation]['answer']>}\`;

type NamesIn<Part> = string extends keyof Part ? never : keyof Part & string;

/** \`Where\` with the locations of one operation. */
export type WhereOf<Operation extends OperationName> = Where & {
  readonly [Location in LocationOf<Operation>]?: Matcher | undefined;
};
`;

/** The source text of `scenario-types.ts`: everything that a scenario can contain, with the schema's descriptions. */
export async function scenarioTypes(catalog: Catalog): Promise<string> {
  describeBehavior(catalog.behavior);
  const named = await namedTypes(catalog);
  const types = new SchemaTypes(named);
  return `// Made by \`npm run generate\` from the schema and the tables of the catalog: alter those.
import type { Exchanges } from './exchange-types.ts';

/** The name of an operation. */
export type OperationName =${lines([...new Set(catalog.operationNames)])};

${named.map((each) => types.declaration(each)).join('\n')}
type Unit = 'ms' | 's' | 'm' | 'h' | 'd' | 'w';

${await actions(types, catalog)}
${await timeline(types, catalog)}
${behaviorValues(catalog)}
${LOCATIONS}`;
}
