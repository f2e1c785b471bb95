import { nearestWord } from '../engine/matching/nearest-word.ts';

export const didYouMean = (word: string, among: readonly string[]): string => {
  const nearest = nearestWord(word, among);
  return nearest === undefined ? `it must be one of ${among.join(', ')}` : `did you mean \`${nearest}\`?`;
};
