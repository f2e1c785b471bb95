import { AdminState } from './admin-state.ts';
import { startApple } from './apple.ts';
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
const state = new AdminState(new DeviceEnrollment(apple.serverToken), new AppsAndBooks(apple.contentToken));

const views = Object.entries(VIEWS).map(([name, view]) => [name, view(state)] as const);
const notice = new Notice();
document.querySelector('main')!.append(notice.place, ...views.map(([, view]) => view));
document.querySelector('#apple')!.replaceWith(applePanel(apple));

/** Shows the view named in the URL fragment; links and the back button work. */
function showView(): void {
  const name = location.hash.slice(1);
  const shown: View = Object.hasOwn(VIEWS, name) ? (name as View) : 'devices';
  for (const [each, view] of views) view.hidden = each !== shown;
  for (const link of document.querySelectorAll<HTMLAnchorElement>('nav a')) {
    if (link.hash === `#${shown}`) link.setAttribute('aria-current', 'page');
    else link.removeAttribute('aria-current');
  }
}

addEventListener('hashchange', showView);
showView();

const retryButton = element('button', { type: 'button', onclick: () => void load() }, 'Try again');

async function load(): Promise<void> {
  try {
    await state.load();
    notice.clear();
    const { org_name, server_name } = state.account!;
    document.querySelector('#account')!.textContent = `${org_name} · ${server_name}`;
  } catch (error) {
    notice.show(error);
    notice.place.append(retryButton);
  }
}

await load();
document.documentElement.dataset.ready = 'true';
