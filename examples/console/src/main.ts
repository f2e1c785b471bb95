import { startApple } from './apple.ts';
import { ConsoleState } from './console-state.ts';
import { AppsAndBooks } from './mdm/apps-and-books.ts';
import { DeviceEnrollment } from './mdm/device-enrollment.ts';
import { applePanel } from './page/apple-panel.ts';
import { devicesView } from './page/devices-view.ts';
import { element } from './page/element.ts';
import { licensesView } from './page/licenses-view.ts';
import { Notice } from './page/notice.ts';
import { profilesView } from './page/profiles-view.ts';
import './page/style.css';

const VIEWS = { devices: devicesView, profiles: profilesView, licenses: licensesView } as const;

type View = keyof typeof VIEWS;

const apple = await startApple();
const state = new ConsoleState(new DeviceEnrollment(apple.serverToken), new AppsAndBooks(apple.contentToken));

const views = Object.entries(VIEWS).map(([name, view]) => [name, view(state)] as const);
const notice = new Notice();
document.querySelector('main')!.append(notice.place, ...views.map(([, view]) => view));
document.querySelector('#apple')!.replaceWith(applePanel(apple));

/** The hash of the URL selects the view, for links and the back button. */
function showView(): void {
  const wanted = location.hash.slice(1);
  const shown: View = Object.hasOwn(VIEWS, wanted) ? (wanted as View) : 'devices';
  for (const [name, view] of views) view.hidden = name !== shown;
  for (const link of document.querySelectorAll<HTMLAnchorElement>('nav a')) {
    if (link.hash === `#${shown}`) link.setAttribute('aria-current', 'page');
    else link.removeAttribute('aria-current');
  }
}

addEventListener('hashchange', showView);
showView();

const again = element('button', { type: 'button', onclick: () => void open() }, 'Try again');

/** Reads all data. */
async function open(): Promise<void> {
  try {
    await state.open();
    notice.clear();
    const { org_name, server_name } = state.account!;
    document.querySelector('#account')!.textContent = `${org_name} · ${server_name}`;
  } catch (error) {
    notice.show(error);
    notice.place.append(again);
  }
}

await open();
document.documentElement.dataset.ready = 'true';
