/**
 * The words that this project no longer uses, with the term that replaces each of them. The glossary behind them is plain
 * American English with the terms of Node.js, the RFCs and Apple's device management.
 */

/** An occurrence that is not an error. */
export interface AllowedUse {
  readonly reason: string;
  /** Files in which the word is allowed. Default: all files. */
  readonly files?: RegExp;
  /** What the line must contain. Default: anything. */
  readonly line?: RegExp;
}

export interface RetiredWord {
  /** Words in lower case. They match complete words, and parts of camelCase, snake_case and kebab-case names. */
  readonly words?: readonly string[];
  /** A phrase, in place of words. Matches within a line. */
  readonly phrase?: RegExp;
  /** What to write instead. */
  readonly instead: string;
  /**
   * `prose` looks only at comments, documents and texts of several words; `documents` only at documents; `names` only at
   * identifiers, keys and file names. Default: everywhere.
   */
  readonly within?: 'prose' | 'documents' | 'names';
  readonly allowed?: readonly AllowedUse[];
}

const NETWORK_TERM: AllowedUse = {
  reason: 'REFUSED_STREAM and ECONNREFUSED are the names of HTTP/2 and of the operating system',
  line: /refused[_ -]?stream|econnrefused|connection[_ ]refused|connections? (?:is|are|was|were) refused/i,
};

/** The terms of the glossary. */
const TERMS: readonly RetiredWord[] = [
  {
    words: ['asked', 'asking', 'asks'],
    instead: 'request: "sends a request", "requested"',
    allowed: [{ reason: 'a person is asked', line: /\bask(?:s|ed|ing)? (?:you|users?|people)\b/i }],
  },
  {
    words: ['answered', 'answering', 'unanswered'],
    instead: 'respond, return, response',
    allowed: [
      {
        reason: 'the message of error 9608, which clients receive',
        files: /^(?:src\/services\/vpp\/errors\.ts|docs\/services\/vpp\.md)$/,
        line: /a back end answered nothing/i,
      },
    ],
  },
  { phrase: /\bexchange room\b/i, instead: 'engine' },
  { words: ['conduct', 'conducts'], instead: 'operation, handler' },
  { words: ['door', 'doors', 'entrance', 'entrances'], instead: 'transport' },
  { words: ['reception', 'receptions', 'greet', 'greets', 'greeted'], instead: 'connection policy' },
  { words: ['approach', 'approaches'], instead: 'connection', within: 'names' },
  { phrase: /\bregister of organizations\b/i, instead: 'credential index' },
  {
    words: ['begun'],
    instead: 'started, initial state',
    allowed: [
      {
        reason: 'a key of `state:` in exports of 0.1, which are rejected by it',
        line: /'begun', 'changes'|begun: \{/,
      },
    ],
  },
  { words: ['beginning', 'beginnings'], instead: 'start, initial state' },
  { words: ['applier', 'appliers'], instead: 'reducer' },
  { phrase: /\bthe one way in\b/i, instead: 'the only function that changes the state' },
  {
    words: ['told', 'tell', 'tells', 'telling', 'untold'],
    instead: 'serialize (codec); say, report, return, show (prose)',
  },
  {
    words: ['settle', 'settles', 'settled', 'settling'],
    instead: 'run due tasks, restore, complete',
    allowed: [
      { reason: 'the term of promises', line: /allSettled|promises?\b.*\bsettle|settle[sd]?\b.*\bpromise/i },
    ],
  },
  {
    words: ['aside'],
    instead: 'state in an area',
    within: 'names',
    allowed: [
      {
        reason: 'an element of HTML, and the setting of VitePress for it',
        files: /^(?:examples\/console\/src\/page|site\/\.vitepress)\//,
      },
    ],
  },
  { phrase: /\bbrings? ?back\b/i, instead: 'restore' },
  { words: ['agenda', 'agendas'], instead: 'scheduler' },
  { words: ['shelf', 'shelves'], instead: 'snapshot store' },
  { words: ['keeper', 'keepers'], instead: 'persistence writer' },
  { phrase: /\bkeeping receiver\b|KeepingReceiver/i, instead: 'persistent receiver' },
  { words: ['struck', 'strike', 'strikes', 'striking'], instead: 'fault matched, fault applied' },
  { words: ['taker', 'takers'], instead: 'rate-limit key' },
  {
    words: ['judge', 'judges', 'judged', 'judging', 'judgement', 'judgements', 'judgment', 'judgments'],
    instead: 'expectation, verdict, verifier, verify',
  },
  { phrase: /\bheld to\b/i, instead: 'verified against' },
  {
    words: ['contract', 'contracts'],
    instead: 'data-sent declaration',
    allowed: [{ reason: 'the usual name of an API contract', line: /\bAPI contract|public contract/i }],
  },
  {
    words: ['quirks'],
    instead: 'incidents',
    allowed: [{ reason: 'several odd behaviors of Apple', line: /quirks (?:of|in) |Apple's quirks/ }],
  },
  { phrase: /\bturns? (?:it|them) (?:round|around)\b/i, instead: 'changes the behavior setting' },
  { words: ['lapse', 'lapses', 'lapsed', 'lapsing'], instead: 'expire' },
  {
    words: ['refuse', 'refuses', 'refused', 'refusing', 'refusal', 'refusals'],
    instead: 'reject; ControlError for errors of the control API',
    allowed: [NETWORK_TERM, { reason: 'a public function of crabapple/msw', line: /refuseRealApple/ }],
  },
  { words: ['dismiss', 'dismisses', 'dismissed', 'dismissal'], instead: 'connection was closed' },
  { words: ['abandon', 'abandons', 'abandoned'], instead: 'aborted' },
  {
    words: ['seal', 'seals', 'sealed', 'sealing', 'unseal', 'unsealed'],
    instead: 'encrypted for the certificate',
  },
  { phrase: /\b(?:lead|leads|led|leading) (?:here|there|hither)\b/i, instead: "redirect Apple's host names" },
  {
    words: ['turns'],
    instead: 'semaphore, wait list',
    within: 'names',
    allowed: [{ reason: 'a device is turned on', line: /\bturns on\b/ }],
  },
  { words: ['farewell', 'farewells'], instead: 'shutdown hook' },
  { words: ['ending', 'endings'], instead: 'shutdown hooks', within: 'names' },
  { phrase: /\btend(?:s|ed)? (?:the )?heap\b|\btendHeap\b/i, instead: 'GC settings' },
  {
    phrase: /\bcarr(?:y|ies|ied)(?: it| them)? (?:over )?(?:in)?to virtual\b/i,
    instead: 'restore the clock offset',
  },
];

/** Words and phrases that no reader expects. */
const STYLE: readonly RetiredWord[] = [
  { words: ['stranger', 'strangers'], instead: 'unknown client, unknown key' },
  {
    words: ['nobody', 'somebody', 'whoever', 'everybody'],
    instead: 'name the person or the part of the program',
  },
  { words: ['amiss'], instead: 'wrong' },
  { words: ['lest'], instead: 'so that … does not' },
  { words: ['whence', 'hither', 'thither', 'thereby', 'whereby', 'heretofore'], instead: 'plain words' },
  { phrase: /\bby half\b/i, instead: 'partly' },
  { phrase: /\bwhere not given\b/i, instead: 'default: …' },
  { phrase: /\bof its own accord\b/i, instead: 'by itself, at its time' },
  { phrase: /\bbecomes? of\b|\bbecame of\b/i, instead: 'the result of' },
  { phrase: /\bApple knows\b|\bknows Apple\b/i, instead: 'the state of the simulated Apple' },
  { phrase: /\bthe world\b/i, instead: 'the environment, the setup of the test', within: 'prose' },
  {
    words: ['whole'],
    instead: 'complete, entire, full',
    within: 'documents',
    allowed: [
      {
        reason: 'whole numbers and whole seconds are terms',
        line: /whole (?:numbers?|seconds?|milliseconds?)/i,
      },
    ],
  },
  {
    words: ['otherwise'],
    instead: 'if not, else; name the other case',
    within: 'documents',
  },
  { phrase: /\bat once\b/i, instead: 'immediately, at the same time', within: 'documents' },
  { phrase: /\bso that\b[^.]*\bso that\b/i, instead: 'two sentences', within: 'documents' },
];

/** British spellings, with the American ones. */
const SPELLINGS: Readonly<Record<string, string>> = {
  behaviour: 'behavior',
  behaviours: 'behaviors',
  licence: 'license',
  licences: 'licenses',
  licenced: 'licensed',
  organisation: 'organization',
  organisations: 'organizations',
  organise: 'organize',
  colour: 'color',
  colours: 'colors',
  cancelled: 'canceled',
  cancelling: 'canceling',
  catalogue: 'catalog',
  catalogues: 'catalogs',
  catalogued: 'cataloged',
  recognise: 'recognize',
  recognised: 'recognized',
  initialise: 'initialize',
  initialised: 'initialized',
  serialise: 'serialize',
  serialised: 'serialized',
  normalise: 'normalize',
  normalised: 'normalized',
  authorise: 'authorize',
  authorised: 'authorized',
  unauthorised: 'unauthorized',
  synchronise: 'synchronize',
  customise: 'customize',
  summarise: 'summarize',
  minimise: 'minimize',
  optimise: 'optimize',
  honour: 'honor',
  honours: 'honors',
  honoured: 'honored',
  favour: 'favor',
  favourite: 'favorite',
  neighbour: 'neighbor',
  neighbours: 'neighbors',
  flavour: 'flavor',
  centre: 'center',
  analyse: 'analyze',
  artefact: 'artifact',
  artefacts: 'artifacts',
  defence: 'defense',
  offence: 'offense',
  fulfil: 'fulfill',
  fulfils: 'fulfills',
  programme: 'program',
  programmes: 'programs',
  travelled: 'traveled',
  modelled: 'modeled',
  modelling: 'modeling',
  labelled: 'labeled',
  signalled: 'signaled',
  whilst: 'while',
  amongst: 'among',
  grey: 'gray',
};

export const RETIRED: readonly RetiredWord[] = [
  ...TERMS,
  ...STYLE,
  ...Object.entries(SPELLINGS).map(([word, instead]) => ({ words: [word], instead })),
];

/** Files that the test does not read. */
export const UNCHECKED: readonly { readonly files: RegExp; readonly reason: string }[] = [
  {
    files: /^test\/architecture\/(?:words|find-words|words\.test)\.ts$/,
    reason: 'the word list and its tests',
  },
  { files: /(?:^|\/)package-lock\.json$|\.sum$|^LICENSE$/, reason: 'written by tools or by lawyers' },
];

/** Uses of any word that are no errors. */
export const ALLOWED_ANYWHERE: readonly AllowedUse[] = [
  {
    reason: 'the table of old and new names',
    files: /^CHANGELOG\.md$/,
    line: /^\|/,
  },
  { reason: 'an address that others chose', line: /https?:\/\/\S*$/ },
  { reason: 'a function of GitHub workflows', line: /\bcancelled\(\)/ },
];
