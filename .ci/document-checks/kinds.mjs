// How a block is checked, by its language and the words after it.
//
//   sh             run; must end with 0         sh serve      runs in the background until the page ends
//   ts, js         type-checked                 ts run        type-checked and run
//   ts NAME.ts     the same, under that name, for other blocks of the page to import
//   yaml           a scenario, read as `crabapple validate` reads it
//   yaml declaration  a data-sent declaration
//   yaml NAME      compose file, GitHub workflow or GitLab pipeline, by its name
//   json           parsed                       json fault, json action, json expectation: read as part of a scenario
//   text output    compared with the output of the commands before it; … stands for any text
//
// All other blocks (text, console, go, …) are not checked and need a comment with the reason:
//   <!-- not run: needs Fleet with its database -->
// or the name of the test that runs them, before the block or for the page:
//   <!-- run by: test/clients/redirection.test.ts -->      <!-- blocks run by: … -->
import { existsSync, readFileSync } from 'node:fs';

/** Kinds by language, and by the word after it. */
const KINDS = {
  sh: 'commands',
  'sh serve': 'server',
  yaml: 'scenario',
  'yaml declaration': 'declaration',
  json: 'JSON',
  'json fault': 'part of a scenario',
  'json action': 'part of a scenario',
  'json expectation': 'part of a scenario',
  'text output': 'output',
};
const FILES = [
  [/^yaml \S*compose\S*$/, 'compose file'],
  [/^yaml \S*workflow\S*$/, 'GitHub workflow'],
  [/^yaml \S*gitlab\S*$/, 'GitLab pipeline'],
  [/^(ts|js)( \S+\.[cm]?[jt]s)?$/, 'program that is type-checked'],
  [/^(ts|js)( \S+\.[cm]?[jt]s)? run$/, 'program that is run'],
];

export function kindOf({ language, words, mark, isOpen }) {
  const information = [language, ...words].join(' ');
  if (isOpen) return 'never ends';
  if (mark?.kind === 'run by') return 'run by a test';
  if (mark?.kind === 'not run') {
    return language === 'sh'
      ? 'is `sh`, which is run; call it text where it is not'
      : 'not run, and says why';
  }
  return (
    KINDS[information] ??
    FILES.find(([pattern]) => pattern.test(information))?.[1] ??
    `is of no kind that is checked (${information || 'no language'}), and has no comment that says why`
  );
}

/** The test that a page names must exist and read the page. */
export function testProblem({ document, mark }) {
  if (!existsSync(mark.text)) return `names a test that is not there: ${mark.text}`;
  if (!readFileSync(mark.text, 'utf8').includes(document))
    return `names ${mark.text}, which does not read ${document}`;
  return undefined;
}
