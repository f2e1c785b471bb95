import { performActions, reset } from './actions.ts';
import { readClock, setClock } from './clock.ts';
import { listDevices } from './devices.ts';
import { readCa, readEnvironment } from './environment.ts';
import { addExpectations } from './expectations.ts';
import { addFault, deleteFaults, listFaults } from './faults.ts';
import { health, openapi } from './health.ts';
import { readJournal } from './journal.ts';
import { streamJournal } from './journal-stream.ts';
import { waitForJournal } from './journal-wait.ts';
import { metrics } from './metrics.ts';
import { addOrganization, deleteOrganization, listOrganizations } from './organizations.ts';
import { issuePushCertificate } from './push-certificates.ts';
import { issuePushKey, listPushKeys } from './push-keys.ts';
import { readDeclaration, readReport, verifyOnce } from './report.ts';
import type { Route } from './route.ts';
import { deleteSnapshot, exportSnapshot, listSnapshots, restoreSnapshot, takeSnapshot } from './snapshots.ts';
import { issueContentToken, issueToken, readToken } from './tokens.ts';

/** All calls of the control API, in the order of its documentation. */
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
  deleteSnapshot,
  readToken,
  issueToken,
  issueContentToken,
  listPushKeys,
  issuePushKey,
  issuePushCertificate,
];
