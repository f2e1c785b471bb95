import type { Crabapple } from '../../src/index.ts';
import { formatReport } from '../../src/verify/report/formats.ts';
import { jsonReport } from '../../src/verify/report/json.ts';
import { portalOf } from '../scenarios/portal.ts';
import type { AppleSide } from '../scenarios/scripted-mdm.ts';
import { sendByFetch } from '../scenarios/send-by-fetch.ts';
import type { Told } from './telling.ts';

const APPLE = 'https://mdmenrollment.apple.com';

/** Apple's own host for a path. */
function appleBase(path: string): string {
  if (path.startsWith('/3/device/')) return 'https://api.push.apple.com';
  return path.startsWith('/mdm/') ? 'https://vpp.itunes.apple.com' : APPLE;
}

/** Under Apple's own names, by the global `fetch`: whoever stands in between answers. */
export const underAppleNames = (apple: Crabapple): AppleSide => ({
  ...portalOf(apple),
  url: APPLE,
  send: (sent) => sendByFetch(appleBase(sent.path), sent),
});

/** What a simulated Apple that is at hand has to say. */
export function toldBy(apple: Crabapple): Told {
  const report = apple.verify();
  return { json: jsonReport(report), pretty: formatReport(report, 'pretty') };
}
