/** The registers of the convention, in the order of its articles. */
export const registers = ['committees', 'communications', 'notices', 'tools', 'terminations'] as const;
export type Register = (typeof registers)[number];

export const entryKinds = [
  'committee',
  'communication',
  'logo',
  'formal-notice',
  'tool',
  'termination',
  'conciliation',
] as const;
export type EntryKind = (typeof entryKinds)[number];

/** The two parties of the convention. */
export const parties = ['company', 'ministry'] as const;
export type Party = (typeof parties)[number];

/** The state of a communication, or of a use of the other party's logo (article 6). */
const outgoing = ['requested', 'agreed', 'published', 'refused', 'abandoned'] as const;
/** The states of each kind; an entry begins in the first. */
export const entryStates = {
  committee: ['planned', 'held', 'minuted', 'validated', 'abandoned'],
  communication: outgoing,
  logo: outgoing,
  'formal-notice': ['running', 'remedied', 'lapsed', 'abandoned'],
  tool: ['listed', 'asked', 'cleared', 'not-cleared', 'in-use', 'retired', 'abandoned'],
  termination: ['notified', 'effective', 'abandoned'],
  conciliation: ['opened', 'settled', 'failed', 'abandoned'],
} as const satisfies Record<EntryKind, readonly string[]>;
export type EntryState = (typeof entryStates)[EntryKind][number];

/** States in which something is still expected of somebody. */
export const waitingStates: ReadonlySet<EntryState> = new Set([
  'planned',
  'held',
  'minuted',
  'requested',
  'agreed',
  'running',
  'listed',
  'asked',
  'cleared',
  'notified',
  'opened',
]);

/** Whether a field of the form is asked, and must be filled in. */
export type Asked = 'required' | 'optional' | 'none';

interface EntryShape {
  readonly register: Register;
  /** The article of the convention that asks for it. */
  readonly article: number;
  readonly title: Asked;
  /** Who asks, sends the notice, or begins. */
  readonly party: Asked;
  /** The day on which it began, which is not in the future. */
  readonly day: Asked;
  /** A day that is looked forward to. */
  readonly due: Asked;
  /** Whether it collects personal data of pupils or teachers. */
  readonly collects: Asked;
}

/** What is kept of each kind. */
export const entryShapes: Readonly<Record<EntryKind, EntryShape>> = {
  committee: shape('committees', 5, { title: 'optional', due: 'required' }),
  communication: shape('communications', 6, { party: 'required', day: 'required', due: 'optional' }),
  logo: shape('communications', 6, { party: 'required', day: 'required', due: 'optional' }),
  'formal-notice': shape('notices', 6, { party: 'required', day: 'required' }),
  tool: shape('tools', 7, { due: 'optional', collects: 'required' }),
  termination: shape('terminations', 9, {
    title: 'optional',
    party: 'required',
    day: 'required',
    due: 'optional',
  }),
  conciliation: shape('terminations', 9, { party: 'required', day: 'required', due: 'optional' }),
};

function shape(register: Register, article: number, fields: Partial<EntryShape>): EntryShape {
  return {
    register,
    article,
    title: 'required',
    party: 'none',
    day: 'none',
    due: 'none',
    collects: 'none',
    ...fields,
  };
}

export const kindsOf = (register: Register): EntryKind[] =>
  entryKinds.filter((kind) => entryShapes[kind].register === register);
