/** Why an organization cannot be taken in, found or removed. */
export type TenantProblem =
  | 'id_form'
  | 'id_taken'
  | 'credential_taken'
  | 'too_many'
  | 'unknown_id'
  | 'is_default';

/** An organization that cannot be taken in or removed. */
export class TenantError extends Error {
  /** What stands against it, as one word. */
  readonly problem: TenantProblem;
  /** `consumer_key:…` of a credential that somebody else holds. */
  readonly credential: string | undefined;

  constructor(problem: TenantProblem, message: string, credential?: string) {
    super(message);
    this.name = 'TenantError';
    this.problem = problem;
    this.credential = credential;
  }
}
