import type { AdminState } from '../admin-state.ts';
import type { Device, DeviceResults } from '../mdm/device-enrollment.ts';
import { counted, element } from './element.ts';
import { Notice } from './notice.ts';
import { resultsList } from './results-list.ts';

const PAGE_SIZE = 15;

const PROFILE_WORDS = {
  empty: 'none',
  assigned: 'assigned',
  pushed: 'on the device',
  removed: 'removed',
} as const;

/** The devices of this MDM server: search, select, assign profiles. */
export function devicesView(state: AdminState): HTMLElement {
  const notice = new Notice();
  const selected = new Set<string>();
  let page = 0;

  const search = element('input', {
    type: 'search',
    placeholder: 'Serial number, model or tag',
    'aria-label': 'Search devices',
    oninput: () => {
      page = 0;
      showRows();
    },
  });
  const family = element('select', {
    'aria-label': 'Device family',
    onchange: () => {
      page = 0;
      showRows();
    },
  });
  const synced = element('p', { class: 'quiet', role: 'status' });
  const syncButton = element('button', { type: 'button', onclick: () => void sync() }, 'Sync');

  const all = element('input', {
    type: 'checkbox',
    'aria-label': 'Select all devices on this page',
    onchange: () => selectPage(),
  });
  const rows = element('tbody');
  const table = element(
    'table',
    {},
    element('caption', { class: 'hidden' }, 'Devices of this MDM server'),
    element(
      'thead',
      {},
      element(
        'tr',
        {},
        element('th', { scope: 'col', class: 'choice' }, all),
        element('th', { scope: 'col' }, 'Serial number'),
        element('th', { scope: 'col', class: 'roomy' }, 'Model'),
        element('th', { scope: 'col', class: 'roomy' }, 'Tag'),
        element('th', { scope: 'col' }, 'Profile'),
      ),
    ),
    rows,
  );

  const previous = element('button', { type: 'button', onclick: () => turn(-1) }, 'Previous');
  const next = element('button', { type: 'button', onclick: () => turn(1) }, 'Next');
  const place = element('span', { class: 'quiet', role: 'status' });

  const chosen = element('strong');
  const profile = element('select', { 'aria-label': 'Profile' });
  const others = element('input', {
    type: 'text',
    placeholder: 'more serial numbers',
    'aria-label': 'More serial numbers, separated by spaces',
    oninput: () => showChoice(),
  });
  const assignButton = element('button', { type: 'submit', class: 'primary' }, 'Assign');
  const removeButton = element('button', { type: 'button', onclick: () => void remove() }, 'Remove profile');
  const results = element('div', { role: 'status' });
  const assignForm = element(
    'form',
    {
      class: 'bar',
      onsubmit: (event) => {
        event.preventDefault();
        void assign();
      },
    },
    chosen,
    others,
    element('label', {}, 'Profile ', profile),
    assignButton,
    removeButton,
  );

  const found = (): readonly Device[] => {
    const wanted = search.value.trim().toLowerCase();
    return state.devices.filter(
      ({ serial_number, model, asset_tag = '', device_family }) =>
        (family.value === '' || device_family === family.value) &&
        `${serial_number} ${model} ${asset_tag}`.toLowerCase().includes(wanted),
    );
  };
  const onPage = (): readonly Device[] => found().slice(page * PAGE_SIZE, (page + 1) * PAGE_SIZE);
  const target = (): readonly string[] => [
    ...new Set([...selected, ...others.value.split(/[\s,]+/).filter((serial) => serial !== '')]),
  ];

  async function sync(): Promise<void> {
    await notice.attempt(syncButton, () => state.updateDevices());
  }

  function showUpdated(): void {
    if (state.updated === undefined) return;
    const { how, pages, changed } = state.updated;
    const what = how === 'fetch' ? 'read' : 'changed';
    synced.textContent = `${counted(changed, 'device')} ${what}, in ${counted(pages, 'page')}`;
  }

  async function assign(): Promise<void> {
    await apply(assignButton, `${profile.selectedOptions[0]?.textContent} to`, () =>
      state.assignProfile(profile.value, target()),
    );
  }

  async function remove(): Promise<void> {
    await apply(removeButton, 'no profile for', () => state.removeProfile(target()));
  }

  async function apply(
    button: HTMLButtonElement,
    what: string,
    work: () => Promise<DeviceResults>,
  ): Promise<void> {
    const response = await notice.attempt(button, work);
    if (response === undefined) return;
    results.replaceChildren(resultsList(what, response));
    selected.clear();
    others.value = '';
    showRows();
  }

  function turn(by: number): void {
    page += by;
    showRows();
  }

  function selectPage(): void {
    for (const { serial_number } of onPage()) {
      if (all.checked) selected.add(serial_number);
      else selected.delete(serial_number);
    }
    showRows();
  }

  function row(device: Device): HTMLElement {
    const { serial_number, model, asset_tag = '', profile_status = 'empty', profile_uuid } = device;
    const box = element('input', {
      type: 'checkbox',
      'aria-label': `Select ${serial_number}`,
      onchange: () => {
        if (box.checked) selected.add(serial_number);
        else selected.delete(serial_number);
        showChoice();
      },
    });
    box.checked = selected.has(serial_number);
    const name = state.profileName(profile_uuid);
    return element(
      'tr',
      {},
      element('td', { class: 'choice' }, box),
      element(
        'th',
        { scope: 'row' },
        element('span', { class: 'code' }, serial_number),
        element('span', { class: 'narrow quiet' }, model),
      ),
      element('td', { class: 'roomy' }, model),
      element('td', { class: 'roomy' }, asset_tag),
      element(
        'td',
        {},
        element('span', { class: `badge ${profile_status}` }, PROFILE_WORDS[profile_status]),
        ...(name === undefined || profile_status === 'removed' ? [] : [' ', name]),
      ),
    );
  }

  function showRows(): void {
    const devices = found();
    const pages = Math.max(1, Math.ceil(devices.length / PAGE_SIZE));
    page = Math.min(Math.max(page, 0), pages - 1);
    rows.replaceChildren(...onPage().map(row));
    const first = page * PAGE_SIZE;
    place.textContent =
      devices.length === 0
        ? 'No device'
        : `${first + 1} to ${Math.min(first + PAGE_SIZE, devices.length)} of ${devices.length}`;
    previous.disabled = page === 0;
    next.disabled = page === pages - 1;
    showChoice();
  }

  function showChoice(): void {
    const shown = onPage();
    const marked = shown.filter(({ serial_number }) => selected.has(serial_number)).length;
    all.checked = shown.length > 0 && marked === shown.length;
    all.indeterminate = marked > 0 && marked < shown.length;
    const count = target().length;
    chosen.textContent = `${counted(count, 'device')} selected`;
    assignButton.disabled = count === 0 || profile.value === '';
    removeButton.disabled = count === 0;
  }

  function showAll(): void {
    showUpdated();
    const families = [...new Set(state.devices.map(({ device_family }) => device_family))].sort();
    const wanted = family.value;
    family.replaceChildren(
      element('option', { value: '' }, 'All families'),
      ...families.map((name) => element('option', {}, name)),
    );
    family.value = families.includes(wanted) ? wanted : '';
    const uuid = profile.value;
    profile.replaceChildren(
      ...state.profiles.map(({ uuid, name }) => element('option', { value: uuid }, name)),
    );
    if (state.profiles.length === 0) profile.append(element('option', { value: '' }, 'no profile defined'));
    if (state.profiles.some((defined) => defined.uuid === uuid)) profile.value = uuid;
    const known = new Set(state.devices.map(({ serial_number }) => serial_number));
    for (const serial of selected) if (!known.has(serial)) selected.delete(serial);
    showRows();
  }

  state.watch(showAll);
  showAll();
  return element(
    'section',
    { 'aria-labelledby': 'devices-title' },
    element(
      'div',
      { class: 'title' },
      element('h2', { id: 'devices-title' }, 'Devices'),
      synced,
      search,
      family,
      syncButton,
    ),
    notice.place,
    assignForm,
    results,
    element('div', { class: 'wide' }, table),
    element('div', { class: 'pages' }, previous, place, next),
  );
}
