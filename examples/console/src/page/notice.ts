import { Refusal } from '../mdm/refusal.ts';
import { element } from './element.ts';

/** What a failure says to people: Apple's word, and Crabapple's where there is one. */
export function failureWords(error: unknown): readonly (Node | string)[] {
  if (!(error instanceof Refusal)) {
    // A fetch that got no answer: a fault tore the connection down, or no worker answers for Apple.
    return [error instanceof TypeError ? 'Apple could not be reached.' : String(error)];
  }
  const words: (Node | string)[] = [element('strong', {}, error.message)];
  if (error.why !== undefined) words.push(element('span', { class: 'why' }, error.why));
  return words;
}

/** A place where failures are shown, and read out. */
export class Notice {
  readonly place = element('div', { class: 'notice', role: 'alert', hidden: true });

  show(error: unknown): void {
    this.place.replaceChildren(...failureWords(error));
    this.place.hidden = false;
  }

  clear(): void {
    this.place.hidden = true;
    this.place.replaceChildren();
  }

  /** Runs what a button stands for: the button waits, a failure is shown. @returns undefined where it failed */
  async attempt<Result>(button: HTMLButtonElement, work: () => Promise<Result>): Promise<Result | undefined> {
    if (button.getAttribute('aria-busy') === 'true') return undefined;
    // Not disabled, which would take the focus away.
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
