import type { DeviceResults } from '../mdm/device-enrollment.ts';
import { counted, element } from './element.ts';

/** The result of each device. */
export function resultsList(what: string, results: DeviceResults): HTMLElement {
  const entries = Object.entries(results);
  const failed = entries.filter(([, result]) => result !== 'SUCCESS').length;
  const summary = `${what} ${counted(entries.length, 'device')}: ${failed === 0 ? 'done' : `${failed} failed`}`;
  return element(
    'details',
    { class: 'results', open: failed > 0 },
    element('summary', {}, summary),
    element(
      'ul',
      {},
      ...entries.map(([serial, result]) =>
        element(
          'li',
          {},
          element('span', { class: 'code' }, serial),
          ' ',
          element('span', { class: result === 'SUCCESS' ? 'badge good' : 'badge bad' }, result),
        ),
      ),
    ),
  );
}
