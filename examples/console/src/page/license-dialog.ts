import type { AdminState, License } from '../admin-state.ts';
import type { Holder } from '../mdm/apps-and-books.ts';
import { element } from './element.ts';
import { Notice } from './notice.ts';

const nameOf = (holder: Holder): string =>
  'serialNumber' in holder ? holder.serialNumber : holder.clientUserId;

/** Assigns the licenses of one app or book to devices and users, and revokes them. */
export function licenseDialog(state: AdminState): {
  readonly dialog: HTMLDialogElement;
  readonly open: (adamId: string) => void;
} {
  const notice = new Notice();
  let adamId = '';
  const title = element('h3', { id: 'license-title' });
  const counts = element('p', { class: 'quiet', role: 'status' });
  const to = element('select', { id: 'license-to' });
  const button = element('button', { type: 'submit', class: 'primary' }, 'Assign');
  const holders = element('ul', { class: 'holders' });
  const dialog = element(
    'dialog',
    { 'aria-labelledby': 'license-title' },
    title,
    counts,
    notice.place,
    element(
      'form',
      {
        class: 'bar',
        onsubmit: (event) => {
          event.preventDefault();
          void assign();
        },
      },
      element('label', { for: 'license-to' }, 'To'),
      to,
      button,
    ),
    holders,
    element('button', { type: 'button', class: 'close', onclick: () => dialog.close() }, 'Close'),
  );

  const current = (): License | undefined => state.licenses.find((license) => license.adamId === adamId);

  async function assign(): Promise<void> {
    const license = current();
    if (license === undefined) return;
    const [kind, name = ''] = to.value.split(' ');
    const holder = kind === 'device' ? { serialNumber: name } : { clientUserId: name };
    await notice.attempt(button, () => state.assignLicense(license, holder));
  }

  function holderLine(license: License, holder: Holder): HTMLElement {
    const revoke = element(
      'button',
      {
        type: 'button',
        'aria-label': `Revoke from ${nameOf(holder)}`,
        onclick: () => void notice.attempt(revoke, () => state.revokeLicense(license, holder)),
      },
      'Revoke',
    );
    const kind = 'serialNumber' in holder ? 'code' : '';
    return element('li', {}, element('span', { class: kind }, nameOf(holder)), revoke);
  }

  function show(): void {
    const license = current();
    if (license === undefined) return;
    title.textContent = license.name;
    counts.textContent = `${license.assignedCount} of ${license.totalCount} assigned, ${license.availableCount} available`;
    holders.replaceChildren(...state.holdersOf(license).map((holder) => holderLine(license, holder)));
    const wanted = to.value;
    to.replaceChildren(
      element(
        'optgroup',
        { label: 'Users' },
        ...state.users.map(({ clientUserId }) =>
          element('option', { value: `user ${clientUserId}` }, clientUserId),
        ),
      ),
      element(
        'optgroup',
        { label: 'Devices' },
        ...state.devices.map(({ serial_number }) =>
          element('option', { value: `device ${serial_number}` }, serial_number),
        ),
      ),
    );
    if (wanted !== '') to.value = wanted;
  }

  state.watch(show);
  return {
    dialog,
    open(of) {
      adamId = of;
      notice.clear();
      show();
      dialog.showModal();
    },
  };
}
