import type { Step, Story } from './step.ts';

/** A story with something wrong in it. */
export type Mutation = (story: Story) => Story;

function placeOf(story: Story, name: string): number {
  const index = story.findIndex((step) => step.name === name);
  if (index < 0) throw new Error(`the story has no step "${name}"`);
  return index;
}

/** Without these steps. */
export const without =
  (...names: readonly string[]): Mutation =>
  (story) => {
    for (const name of names) placeOf(story, name);
    return story.filter((step) => !names.includes(step.name));
  };

/** With other members in one step. */
export const altered =
  (name: string, members: object): Mutation =>
  (story) => {
    placeOf(story, name);
    return story.map((step) => (step.name === name ? ({ ...step, ...members } as Step) : step));
  };

/** With one step so many times more. */
export const repeated =
  (name: string, more = 1): Mutation =>
  (story) => {
    const index = placeOf(story, name);
    const again = Array.from({ length: more }, (): Step => ({ ...story[index]! }));
    return story.toSpliced(index + 1, 0, ...again);
  };

/** With two steps in each other's place. */
export const swapped =
  (one: string, other: string): Mutation =>
  (story) => {
    const [first, second] = [placeOf(story, one), placeOf(story, other)];
    return story.with(first, story[second]!).with(second, story[first]!);
  };

/** With more steps after one. */
export const followed =
  (name: string, ...steps: readonly Step[]): Mutation =>
  (story) =>
    story.toSpliced(placeOf(story, name) + 1, 0, ...steps);
