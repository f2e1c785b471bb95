import { AppleError } from '../mdm/apple-error.ts';
import { element } from './element.ts';

/** A failure as text for the page: Apple's error, and Crabapple's explanation if there is one. */
export function failureText(error: unknown): readonly (Node | string)[] {
  if (!(error instanceof AppleError)) {
    // No response: a fault closed the connection, or the worker is not running.
    return [error instanceof TypeError ? 'Apple could not be reached.' : String(error)];
  }
  const text: (Node | string)[] = [element('strong', {}, error.message)];
  if (error.why !== undefined) text.push(element('span', { class: 'why' }, error.why));
  return text;
}

/** Shows failures; screen readers announce them. */
export class Notice {
  readonly place = element('div', { class: 'notice', role: 'alert', hidden: true });

  show(error: unknown): void {
    this.place.replaceChildren(...failureText(error));
    this.place.hidden = false;
  }

  clear(): void {
    this.place.hidden = true;
    this.place.replaceChildren();
  }

  /** Runs the action of a button and marks it busy meanwhile; shows a failure. @returns undefined if it failed */
  async attempt<Result>(button: HTMLButtonElement, work: () => Promise<Result>): Promise<Result | undefined> {
    if (button.getAttribute('aria-busy') === 'true') return undefined;
    // A disabled button would lose the focus.
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
