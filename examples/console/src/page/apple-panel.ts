import { formatReport, type Verdict } from 'crabapple';
import type { SeenExchange, SimulatedApple } from '../apple.ts';
import { element } from './element.ts';
import { Notice } from './notice.ts';

/** The number of requests on the page. */
const MOST_SEEN = 12;

const MARKS = {
  passed: ['✓', 'passed'],
  failed: ['✗', 'failed'],
  unknown: ['?', 'unknown'],
} as const;

function verdictLine({ name, status, reason, nearest }: Verdict): HTMLElement {
  const [mark, words] = MARKS[status];
  const details =
    status === 'passed' ? [] : [reason, nearest?.difference].filter((text) => text !== undefined);
  return element(
    'li',
    { class: status },
    element('span', { class: 'mark', 'aria-hidden': 'true' }, mark),
    element(
      'div',
      {},
      name,
      element('span', { class: 'hidden' }, ` ${words}`),
      ...details.map((text) => element('p', { class: 'quiet' }, text)),
    ),
  );
}

function seenLine({ method, path, status, why }: SeenExchange): HTMLElement {
  return element(
    'li',
    {},
    element('span', { class: `badge ${status >= 400 ? 'bad' : 'good'}` }, String(status)),
    element('span', { class: 'code' }, `${method} ${path}`),
    ...(why === undefined ? [] : [element('span', { class: 'why' }, why)]),
  );
}

/** The verdicts of the expectations, the portal actions, and the last requests. */
export function applePanel(apple: SimulatedApple): HTMLElement {
  const notice = new Notice();
  const verdicts = element('ul', { class: 'verdicts', 'aria-label': 'Verdicts' });
  const summary = element('p', { class: 'summary', role: 'status' });
  const text = element('pre', { 'aria-label': 'Report', tabindex: 0 });
  const requests = element('ol', { class: 'requests', 'aria-label': 'Requests' });
  const seen: SeenExchange[] = [];

  function show(): void {
    const report = apple.report();
    const { counts, suites } = report;
    const all = counts.passed + counts.failed + counts.unknown;
    summary.textContent = `${counts.passed} of ${all} expectations passed`;
    summary.dataset.status = report.status;
    verdicts.replaceChildren(...suites.flatMap((suite) => suite.verdicts.map(verdictLine)));
    text.textContent = formatReport(report, 'pretty');
    requests.replaceChildren(...seen.map(seenLine));
  }

  // Update once for all requests of a frame.
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
    element('div', { class: 'title' }, element('h2', { id: 'apple-title' }, 'Expectations'), summary),
    verdicts,
    element('details', {}, element('summary', {}, 'Report of the command line'), text),
    element('h3', {}, 'Apple’s portal'),
    element('div', { class: 'bar' }, ...portal, done),
    notice.place,
    element('h3', {}, 'Requests, newest first'),
    requests,
  );
}
