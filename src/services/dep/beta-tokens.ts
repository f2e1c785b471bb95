import { operation } from '../../engine/service.ts';
import type { BetaToken } from '../../organization/definition.ts';
import type { Organization } from '../../organization/organization.ts';
import { sessionScheme } from './authenticate-session.ts';
import { depError } from './errors.ts';
import { ADE_PAGES } from './pages.ts';
import { json } from './render.ts';

const SYSTEMS = ['iOS', 'iPadOS', 'OSX', 'tvOS'] as const;

function generatedTokens({ runtime }: Organization): readonly BetaToken[] {
  return SYSTEMS.map((os) => ({
    token: runtime.identifiers.hex(`beta token ${os}`, 64),
    title: `${os === 'OSX' ? 'macOS' : os} AppleSeed Beta`,
    os,
  }));
}

export const betaTokens = operation({
  name: 'dep.beta_tokens',
  methods: ['GET'],
  path: '/os-beta-enrollment/tokens',
  about: 'Lists tokens for beta programs',
  scheme: sessionScheme,
  errors: ['APPLE_SEED_FOR_IT_TURNED_OFF'],
  source: ADE_PAGES.betaTokens,
  handler({ organization }) {
    const { betaTokens: given } = organization.definition;
    if (given === null)
      return depError('APPLE_SEED_FOR_IT_TURNED_OFF', 'the organization blocks beta software');
    const tokens = given ?? generatedTokens(organization);
    // `seedBuildTokens` is undocumented and there: https://github.com/micromdm/apple-device-services
    return json(organization, { betaEnrollmentTokens: tokens, seedBuildTokens: tokens });
  },
});
