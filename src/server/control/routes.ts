import { performActions } from './actions.ts';
import { readCa } from './ca.ts';
import { readClock, setClock } from './clock.ts';
import { issueContentToken } from './content-tokens.ts';
import { readDeclaration } from './declaration.ts';
import { listDevices } from './devices.ts';
import { readEnvironment } from './env.ts';
import { addExpectations } from './expectations.ts';
import { addFault, deleteFaults, listFaults } from './faults.ts';
import { health } from './health.ts';
import { readJournal } from './journal.ts';
import { streamJournal } from './journal-stream.ts';
import { waitForJournal } from './journal-wait.ts';
import { metrics } from './metrics.ts';
import { openapi } from './openapi.ts';
import { addOrganization, deleteOrganization, listOrganizations } from './organizations.ts';
import { issuePushCertificate } from './push-certificates.ts';
import { issuePushKey, listPushKeys } from './push-keys.ts';
import { readReport, verifyOnce } from './report.ts';
import { reset } from './reset.ts';
import type { Route } from './route.ts';
import { dropSnapshot, exportSnapshot, listSnapshots, restoreSnapshot, takeSnapshot } from './snapshots.ts';
import { issueToken, readToken } from './token.ts';

/** The control API. */
export const ROUTES: readonly Route[] = [
  health,
  readEnvironment,
  readCa,
  openapi,
  metrics,
  readJournal,
  waitForJournal,
  streamJournal,
  listDevices,
  performActions,
  reset,
  readClock,
  setClock,
  listFaults,
  addFault,
  deleteFaults,
  readReport,
  readDeclaration,
  verifyOnce,
  addExpectations,
  listOrganizations,
  addOrganization,
  deleteOrganization,
  listSnapshots,
  takeSnapshot,
  exportSnapshot,
  restoreSnapshot,
  dropSnapshot,
  readToken,
  issueToken,
  issueContentToken,
  listPushKeys,
  issuePushKey,
  issuePushCertificate,
];
