import type { AdminState, License } from '../admin-state.ts';
import { element } from './element.ts';
import { licenseDialog } from './license-dialog.ts';
import { Notice } from './notice.ts';

const HEADS = [
  { head: 'App or book', kind: '' },
  { head: 'Kind', kind: 'roomy' },
  { head: 'Total', kind: 'number roomy' },
  { head: 'Assigned', kind: 'number roomy' },
  { head: 'Available', kind: 'number' },
] as const;

/** Apps and books of the location with their license counts. */
export function licensesView(state: AdminState): HTMLElement {
  const notice = new Notice();
  const { dialog, open } = licenseDialog(state);
  const rows = element('tbody');
  const button = element('button', { type: 'button', onclick: () => void reload() }, 'Reload');

  async function reload(): Promise<void> {
    await notice.attempt(button, () => state.updateLicenses());
  }

  function row(license: License): HTMLElement {
    const { name, adamId, productType, totalCount, assignedCount, availableCount } = license;
    return element(
      'tr',
      {},
      element(
        'th',
        { scope: 'row' },
        element('span', {}, name),
        element('span', { class: 'code quiet' }, adamId),
      ),
      element('td', { class: 'roomy' }, productType),
      element('td', { class: 'number roomy' }, String(totalCount)),
      element('td', { class: 'number roomy' }, String(assignedCount)),
      element(
        'td',
        { class: 'number' },
        element('meter', {
          max: totalCount,
          value: availableCount,
          low: totalCount / 4,
          high: totalCount / 2,
          optimum: totalCount,
          'aria-hidden': 'true',
        }),
        element('span', { class: 'count' }, String(availableCount)),
      ),
      element(
        'td',
        { class: 'number' },
        element(
          'button',
          { type: 'button', 'aria-label': `Assign ${name}`, onclick: () => open(adamId) },
          'Assign…',
        ),
      ),
    );
  }

  const show = () => rows.replaceChildren(...state.licenses.map(row));
  state.watch(show);
  show();
  return element(
    'section',
    { 'aria-labelledby': 'licenses-title' },
    element(
      'div',
      { class: 'title' },
      element('h2', { id: 'licenses-title' }, 'Licenses'),
      element('p', { class: 'quiet' }),
      button,
    ),
    notice.place,
    element(
      'div',
      { class: 'wide' },
      element(
        'table',
        { class: 'licenses' },
        element('caption', { class: 'hidden' }, 'Apps and books of the location'),
        element(
          'thead',
          {},
          element(
            'tr',
            {},
            ...HEADS.map(({ head, kind }) => element('th', { scope: 'col', class: kind }, head)),
            element('td', {}),
          ),
        ),
        rows,
      ),
    ),
    dialog,
  );
}
