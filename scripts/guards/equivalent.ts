import type { Mutant } from './find.js';

/** A change after which people are shown and allowed the same. */
interface Equivalent {
  readonly file: string;
  readonly was: string;
  readonly by: string;
  readonly because: string;
}

const equivalent: readonly Equivalent[] = [
  {
    file: 'src/features/approval/decide.ts',
    was: '!found',
    by: 'false',
    because: 'an offer is written with the engagement of its author; without one no move is allowed either',
  },
  ...[
    'approval/index',
    'behalf/forms',
    'dates/index',
    'invitations/index',
    'recheck/index',
    'weekly/index',
  ].map((name) => ({
    file: `src/features/${name}.ts`,
    was: "'coordinator'",
    by: "'employee'",
    because: 'it has no command, and what has none is not in the help',
  })),
  {
    file: 'src/features/dates/records.ts',
    was: 'own && toDated(action, own)',
    by: 'toDated(action, own)',
    because: 'a date is written with the engagement of its employee',
  },
  {
    file: 'src/features/invitations/answer.ts',
    was: 'person && notBefore',
    by: 'notBefore',
    because: 'whoever clicks has been stored before their click is handled',
  },
  {
    file: 'src/features/preferences/index.ts',
    was: '!person',
    by: 'false',
    because: 'whoever clicks has been stored before their click is handled',
  },
  ...['false', '!request'].map((by) => ({
    file: 'src/features/sessions/news.ts',
    was: '!request || !own',
    by,
    because: 'what is told of a session is told of one that is stored, to somebody whose engagement is',
  })),
  {
    file: 'src/features/sessions/news.ts',
    was: '!known || !current',
    by: '!current',
    because: 'whoever was not concerned before and is now did it themselves, and is not told',
  },
  ...['false', '!known || !current'].map((by) => ({
    file: 'src/features/sessions/news.ts',
    was: '!known || !current || isSame(known, next)',
    by,
    because: 'a message about what is the same is not sent: it is drawn when its time comes, as nothing',
  })),
  {
    file: 'src/features/sessions/card.ts',
    was: 'own && confirm',
    by: 'confirm',
    because: 'only somebody with an engagement is asked to confirm it',
  },
  {
    file: 'src/features/sessions/card.ts',
    was: "note === 'confirmed' && viewer",
    by: "note === 'confirmed'",
    because: 'it is said to the one who has confirmed',
  },
  {
    file: 'src/features/sessions/confirmation.ts',
    was: '!request || !own',
    by: '!request',
    because: 'only somebody with an engagement is asked to confirm it',
  },
  {
    file: 'src/features/report/year.ts',
    was: '!person || !isCoordinator',
    by: '!isCoordinator',
    because: 'whoever is given a link has been stored before their click is handled',
  },
  {
    file: 'src/teams/gate.ts',
    was: 'now.person.name !== now.known?.name',
    by: 'true',
    because: 'nothing is left under a name that was claimed before',
  },
  {
    file: 'src/features/publish/form.ts',
    was: 'sent?.by === actor.id && sent.actionId === id && known',
    by: 'sent?.by === actor.id && sent.actionId === id',
    because: 'a row of the history is written with its record',
  },
  {
    file: 'src/features/publish/form.ts',
    was: '!channel',
    by: 'false',
    because: 'coordinators are the members of the team of the channel: without one there are none',
  },
  {
    file: 'src/features/registers/write.ts',
    was: '!before',
    by: 'false',
    because: 'what is not in a register yet can always be entered',
  },
  {
    file: 'src/teams/actor.ts',
    was: 'teamId',
    by: 'true',
    because: 'a place whose team is undefined is one without a team to all who read it',
  },
  {
    file: 'src/teams/directory.ts',
    was: 'place && { teamId: channel.teamId, serviceUrl: place.serviceUrl }',
    by: 'place',
    because: 'the conversation of a channel names its team too',
  },
  {
    file: 'src/teams/gate.ts',
    was: '!known && sender.aadId',
    by: 'true',
    because: 'nobody who is known is being erased: of them it is not asked, to save a read',
  },
  {
    file: 'src/teams/gate.ts',
    was: '!known && sender.aadId',
    by: 'sender.aadId',
    because: 'nobody who is known is being erased: of them it is not asked, to save a read',
  },
  {
    file: 'src/features/imports/vocabulary.ts',
    was: '!known.has(text)',
    by: 'true',
    because: 'what was found before is found again, only later',
  },
  {
    file: 'src/features/imports/claim.ts',
    was: 'e.id !== own.id && e.employeeId !== to',
    by: 'e.id !== own.id',
    because: 'somebody who is in an action twice counts once, and is stored once',
  },
  {
    file: 'src/features/shared/people.ts',
    was: "known === 'always' || (known !== undefined && known >= day)",
    by: '(known !== undefined && known >= day)',
    because: '"always" sorts behind every day',
  },
  {
    file: 'src/features/regional/index.ts',
    was: "'coordinator'",
    by: "'employee'",
    because: 'it has no command, and what has none is not in the help',
  },
  {
    file: 'src/features/regional/index.ts',
    was: "person && isMuted(person, 'regional', dayAt(services.clock.now())) === on",
    by: "isMuted(person, 'regional', dayAt(services.clock.now())) === on",
    because: 'whoever clicks has been stored before their click is handled',
  },
  {
    file: 'src/features/imports/write-part.ts',
    was: 'person',
    by: 'false',
    because: 'somebody of that name who came since has claimed the record that there is',
  },
  {
    file: 'src/teams/take-file.ts',
    was: '!feature?.takesFile',
    by: 'false',
    because: 'one feature takes files; the compiler does not know',
  },
];

const oneLine = (code: string): string => code.replace(/\s+/g, ' ');
const isOf =
  (mutant: Mutant) =>
  ({ file, was, by }: Equivalent): boolean =>
    mutant.file === file && oneLine(mutant.was) === was && oneLine(mutant.by) === by;

/** Why nobody needs to notice a mutant; nothing when somebody should. */
export const reasonFor = (mutant: Mutant): string | undefined => equivalent.find(isOf(mutant))?.because;

/** Those whose mutant is not among these any more. */
export const staleReasons = (mutants: readonly Mutant[]): string[] =>
  equivalent.filter((e) => !mutants.some((m) => isOf(m)(e))).map(({ file, was }) => `${file}: ${was}`);
