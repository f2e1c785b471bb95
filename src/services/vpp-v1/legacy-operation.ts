import {
  type AuthenticationScheme,
  type Call,
  type Operation,
  operation,
  type Reply,
} from '../../engine/service.ts';

/**
 * Prefixes under which every service of v1 is found: Apple's newer and original paths, beside v2 as Fleet calls it
 * (https://github.com/fleetdm/fleet/blob/main/server/mdm/apple/vpp/api.go), and the root as in Apple's simulator
 * (https://github.com/cmdmnt/commandment).
 */
const PREFIXES = ['/mdm/', '/WebObjects/MZFinance.woa/wa/', '/mdm/v2/', '/'] as const;

interface LegacyDefinition<Caller, Presented>
  extends Pick<Operation, 'name' | 'about' | 'errors' | 'source'> {
  /** The last segment of the path. */
  readonly service: string;
  readonly scheme: AuthenticationScheme<Caller, Presented>;
  readonly handler: (call: Call<Caller, unknown>) => Reply | Promise<Reply>;
}

/** One operation for each prefix. Apple documents POST; clients GET the service config, and one sends a body with GET. */
export const legacyOperation = <Caller, Presented>({
  service,
  ...definition
}: LegacyDefinition<Caller, Presented>): readonly Operation[] =>
  PREFIXES.map((prefix) => operation({ ...definition, methods: ['POST', 'GET'], path: prefix + service }));

/** The prefix of a path of v1. */
export const prefixOf = (path: string): string => path.slice(0, path.lastIndexOf('/') + 1);
