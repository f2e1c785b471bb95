import type { AdminState } from '../admin-state.ts';
import { AppleError } from '../mdm/apple-error.ts';
import type { Profile } from '../mdm/device-enrollment.ts';
import { counted, element } from './element.ts';
import { failureText, Notice } from './notice.ts';

interface Field {
  readonly name: string;
  readonly label: string;
  readonly value: string;
  readonly type?: string;
}

const FIELDS: readonly Field[] = [
  { name: 'profile_name', label: 'Name', value: 'Acme default' },
  { name: 'url', label: 'Enrollment URL', value: 'https://mdm.acme.example/enroll', type: 'url' },
  { name: 'department', label: 'Department', value: 'IT' },
  { name: 'support_phone_number', label: 'Support phone', value: '+1 555 0100', type: 'tel' },
  { name: 'support_email_address', label: 'Support email', value: 'support@acme.example', type: 'email' },
];

const CHOICES = [
  { name: 'is_supervised', label: 'Supervised', value: true },
  { name: 'is_mandatory', label: 'Enrollment cannot be skipped', value: true },
  { name: 'is_mdm_removable', label: 'Users may remove the MDM profile', value: false },
] as const;

/** The field that each of Apple's error codes is about. */
const FIELD_OF: Readonly<Record<string, string>> = {
  CONFIG_NAME_REQUIRED: 'profile_name',
  CONFIG_NAME_INVALID: 'profile_name',
  CONFIG_URL_REQUIRED: 'url',
  CONFIG_URL_INVALID: 'url',
  DEPARTMENT_REQUIRED: 'department',
  DEPARTMENT_INVALID: 'department',
  SUPPORT_PHONE_REQUIRED: 'support_phone_number',
  SUPPORT_PHONE_INVALID: 'support_phone_number',
  SUPPORT_EMAIL_INVALID: 'support_email_address',
  FLAGS_INVALID: 'is_mdm_removable',
};

interface Shown {
  readonly line: HTMLElement;
  readonly input: HTMLInputElement;
  readonly problem: HTMLElement;
}

function shownField(name: string, label: string, input: HTMLInputElement): Shown {
  const problem = element('p', { class: 'problem', id: `${name}-problem`, role: 'alert' });
  input.id = name;
  const check = input.type === 'checkbox';
  const text = element('label', { for: name }, label);
  const line = element('div', { class: check ? 'field check' : 'field' }, text, input, problem);
  return { line, input, problem };
}

/** Defines enrollment profiles; shows Apple's errors at the fields they are about. */
export function profilesView(state: AdminState): HTMLElement {
  const notice = new Notice();
  const shown = new Map<string, Shown>();
  for (const { name, label, value, type = 'text' } of FIELDS)
    shown.set(name, shownField(name, label, element('input', { name, type, value, autocomplete: 'off' })));
  for (const { name, label, value } of CHOICES)
    shown.set(name, shownField(name, label, element('input', { name, type: 'checkbox', checked: value })));

  const button = element('button', { type: 'submit', class: 'primary' }, 'Define the profile');
  const defined = element('ul', { class: 'defined' });
  const message = element('p', { class: 'quiet', role: 'status' });

  const profile = (): Profile => {
    const texts = FIELDS.map(({ name }) => [name, shown.get(name)!.input.value] as const);
    const choices = CHOICES.map(({ name }) => [name, shown.get(name)!.input.checked] as const);
    // Empty fields are not sent.
    return Object.fromEntries(
      [...texts, ...choices].filter(([, value]) => value !== ''),
    ) as unknown as Profile;
  };

  function clear(): void {
    notice.clear();
    for (const { input, problem } of shown.values()) {
      problem.replaceChildren();
      input.removeAttribute('aria-invalid');
      input.removeAttribute('aria-describedby');
    }
  }

  function showError(error: unknown): void {
    const name = error instanceof AppleError ? FIELD_OF[error.code] : undefined;
    if (name === undefined) {
      notice.show(error);
      return;
    }
    const { input, problem } = shown.get(name)!;
    problem.replaceChildren(...failureText(error));
    input.setAttribute('aria-invalid', 'true');
    input.setAttribute('aria-describedby', problem.id);
    input.focus();
  }

  async function define(): Promise<void> {
    clear();
    message.textContent = '';
    button.setAttribute('aria-busy', 'true');
    try {
      const { name } = await state.defineProfile(profile());
      message.textContent = `“${name}” is defined. Assign it on the Devices page.`;
    } catch (error) {
      showError(error);
    } finally {
      button.removeAttribute('aria-busy');
    }
  }

  function showDefined(): void {
    defined.replaceChildren(
      ...state.profiles.map(({ uuid, name }) => {
        const count = state.devices.filter(({ profile_uuid }) => profile_uuid === uuid).length;
        return element(
          'li',
          {},
          element('strong', {}, name),
          element('span', { class: 'code quiet' }, uuid),
          element('span', { class: 'quiet' }, counted(count, 'device')),
        );
      }),
    );
    if (state.profiles.length === 0) defined.append(element('li', { class: 'quiet' }, 'None yet.'));
  }

  state.watch(showDefined);
  showDefined();
  return element(
    'section',
    { 'aria-labelledby': 'profiles-title' },
    element('div', { class: 'title' }, element('h2', { id: 'profiles-title' }, 'Enrollment profiles')),
    notice.place,
    element(
      'div',
      { class: 'columns' },
      element(
        'form',
        {
          // Apple validates the fields, not the browser.
          novalidate: true,
          onsubmit: (event) => {
            event.preventDefault();
            void define();
          },
        },
        ...[...shown.values()].map(({ line }) => line),
        element('div', { class: 'bar' }, button, message),
      ),
      element('div', {}, element('h3', {}, 'Defined profiles'), defined),
    ),
  );
}
