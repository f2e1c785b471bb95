import { formatReport, type Verdict } from 'crabapple';
import type { LoggedRequest, SimulatedApple } from '../apple.ts';
import { element } from './element.ts';
import { Notice } from './notice.ts';

/** How many requests are shown. */
const MAX_REQUESTS = 12;

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

function requestLine({ method, path, status, why }: LoggedRequest): HTMLElement {
  return element(
    'li',
    {},
    element('span', { class: `badge ${status >= 400 ? 'bad' : 'good'}` }, String(status)),
    element('span', { class: 'code' }, `${method} ${path}`),
    ...(why === undefined ? [] : [element('span', { class: 'why' }, why)]),
  );
}

/** Verdicts on the expectations of the scenario, portal actions and recent requests. */
export function applePanel(apple: SimulatedApple): HTMLElement {
  const notice = new Notice();
  const verdicts = element('ul', { class: 'verdicts', 'aria-label': 'Verdicts' });
  const summary = element('p', { class: 'summary', role: 'status' });
  const text = element('pre', { 'aria-label': 'Report', tabindex: 0 });
  const requests = element('ol', { class: 'requests', 'aria-label': 'Requests' });
  const logged: LoggedRequest[] = [];

  function show(): void {
    const report = apple.report();
    const { counts, suites } = report;
    const all = counts.passed + counts.failed + counts.unknown;
    summary.textContent = `${counts.passed} of ${all} expectations passed`;
    summary.dataset.status = report.status;
    verdicts.replaceChildren(...suites.flatMap((suite) => suite.verdicts.map(verdictLine)));
    text.textContent = formatReport(report, 'pretty');
    requests.replaceChildren(...logged.map(requestLine));
  }

  // Renders at most once per frame.
  let scheduled = false;
  apple.watch((entry) => {
    logged.unshift(entry);
    logged.length = Math.min(logged.length, MAX_REQUESTS);
    if (scheduled) return;
    scheduled = true;
    requestAnimationFrame(() => {
      scheduled = false;
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
    element('details', {}, element('summary', {}, 'Output of crabapple verify'), text),
    element('h3', {}, 'Apple’s portal'),
    element('div', { class: 'bar' }, ...portal, done),
    notice.place,
    element('h3', {}, 'Requests, newest first'),
    requests,
  );
}
