import { AppleError } from '../mdm/apple-error.ts';
import { element } from './element.ts';

/** The text of an error, with Crabapple's explanation if there is one. */
export function errorText(error: unknown): readonly (Node | string)[] {
  if (!(error instanceof AppleError)) {
    // `fetch` got no response: a fault closed the connection, or no service worker is active.
    return [error instanceof TypeError ? 'Apple could not be reached.' : String(error)];
  }
  const words: (Node | string)[] = [element('strong', {}, error.message)];
  if (error.why !== undefined) words.push(element('span', { class: 'why' }, error.why));
  return words;
}

/** An alert for errors, which screen readers announce. */
export class Notice {
  readonly place = element('div', { class: 'notice', role: 'alert', hidden: true });

  show(error: unknown): void {
    this.place.replaceChildren(...errorText(error));
    this.place.hidden = false;
  }

  clear(): void {
    this.place.hidden = true;
    this.place.replaceChildren();
  }

  /** Runs the action of a button, marks the button as busy, and shows an error. @returns undefined after an error */
  async attempt<Result>(button: HTMLButtonElement, work: () => Promise<Result>): Promise<Result | undefined> {
    if (button.getAttribute('aria-busy') === 'true') return undefined;
    // `disabled` would remove the focus.
    button.setAttribute('aria-busy', 'true');
    try {
      const result = await work();
      this.clear();
      return result;
    } catch (error) {
      this.show(error);
      return undefined;
    } finally {
      button.removeAttribute('aria-busy');
    }
  }
}
