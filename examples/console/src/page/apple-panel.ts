import { formatReport, type Verdict } from 'crabapple';
import type { Seen, SimulatedApple } from '../apple.ts';
import { element } from './element.ts';
import { Notice } from './notice.ts';

/** Requests that are shown. */
const MOST_SEEN = 12;

const MARKS = {
  passed: ['✓', 'holds'],
  failed: ['✗', 'does not hold'],
  unknown: ['?', 'cannot be told'],
} as const;

function verdictLine({ name, status, reason, nearest }: Verdict): HTMLElement {
  const [mark, words] = MARKS[status];
  const told = status === 'passed' ? [] : [reason, nearest?.difference].filter((text) => text !== undefined);
  return element(
    'li',
    { class: status },
    element('span', { class: 'mark', 'aria-hidden': 'true' }, mark),
    element(
      'div',
      {},
      name,
      element('span', { class: 'hidden' }, ` ${words}`),
      ...told.map((text) => element('p', { class: 'quiet' }, text)),
    ),
  );
}

function seenLine({ method, path, status, why }: Seen): HTMLElement {
  return element(
    'li',
    {},
    element('span', { class: `badge ${status >= 400 ? 'bad' : 'good'}` }, String(status)),
    element('span', { class: 'code' }, `${method} ${path}`),
    ...(why === undefined ? [] : [element('span', { class: 'why' }, why)]),
  );
}

/** What Apple saw, by the expectations of the scenario, and what can happen in Apple's portal. */
export function applePanel(apple: SimulatedApple): HTMLElement {
  const notice = new Notice();
  const verdicts = element('ul', { class: 'verdicts', 'aria-label': 'Verdicts' });
  const summary = element('p', { class: 'summary', role: 'status' });
  const text = element('pre', { 'aria-label': 'Report', tabindex: 0 });
  const requests = element('ol', { class: 'requests', 'aria-label': 'Requests' });
  const seen: Seen[] = [];

  function show(): void {
    const report = apple.report();
    const { counts, suites } = report;
    const all = counts.passed + counts.failed + counts.unknown;
    summary.textContent = `${counts.passed} of ${all} expectations hold`;
    summary.dataset.status = report.status;
    verdicts.replaceChildren(...suites.flatMap((suite) => suite.verdicts.map(verdictLine)));
    text.textContent = formatReport(report, 'pretty');
    requests.replaceChildren(...seen.map(seenLine));
  }

  // Many requests of one moment are shown once.
  let due = false;
  apple.watch((entry) => {
    seen.unshift(entry);
    seen.length = Math.min(seen.length, MOST_SEEN);
    if (due) return;
    due = true;
    requestAnimationFrame(() => {
      due = false;
      show();
    });
  });

  const done = element('p', { class: 'quiet', role: 'status' });

  async function act(
    button: HTMLButtonElement,
    label: string,
    action: () => Promise<unknown>,
  ): Promise<void> {
    done.textContent = '';
    if ((await notice.attempt(button, action)) !== undefined) done.textContent = `${label}: done.`;
  }

  const portal = Object.entries(apple.portal).map(([label, action]) => {
    const button = element(
      'button',
      { type: 'button', onclick: () => void act(button, label, action) },
      label,
    );
    return button;
  });

  show();
  return element(
    'aside',
    { 'aria-labelledby': 'apple-title' },
    element('div', { class: 'title' }, element('h2', { id: 'apple-title' }, 'What Apple saw'), summary),
    verdicts,
    element('details', {}, element('summary', {}, 'As the command line says it'), text),
    element('h3', {}, 'In Apple’s portal'),
    element('div', { class: 'bar' }, ...portal, done),
    notice.place,
    element('h3', {}, 'Requests, the newest first'),
    requests,
  );
}
