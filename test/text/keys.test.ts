import { readdirSync, readFileSync } from 'node:fs';
import {
  halfDays,
  hostingModes,
  kinds,
  levels,
  meetingKinds,
  placementKinds,
  preparations,
} from '../../src/domain/action.js';
import { amendmentMoves } from '../../src/domain/convention/amendments.js';
import { deadlineKinds } from '../../src/domain/convention/deadlines.js';
import { urgencies } from '../../src/domain/engagements/desk.js';
import { faultRules, importColumns, noticeRules } from '../../src/domain/imports/finding.js';
import { personalDataKinds } from '../../src/domain/personal-data/kinds.js';
import { entryKinds, entryShapes, entryStates, registers } from '../../src/domain/registers/kinds.js';
import { entryMoves, formMoves, notedMoves, notesOf } from '../../src/domain/registers/table.js';
import { cuts } from '../../src/domain/report/cuts.js';
import { figureNames } from '../../src/domain/report/figures.js';
import { saidMoves } from '../../src/features/behalf/told.js';
import { fields as dataFields } from '../../src/features/data/fields.js';
import { notedKinds } from '../../src/features/data/read.js';
import { moves } from '../../src/features/events/event-card.js';
import { features } from '../../src/features/index.js';
import { mutable, muteChoices } from '../../src/features/preferences/mutes.js';
import { missing } from '../../src/features/registers/refusals.js';
import { storyMoves } from '../../src/features/story/sentences.js';
import { meetingChoices } from '../../src/features/volunteer/meeting-choices.js';
import { langs, textTree } from '../../src/text/text.js';
import { calendar } from '../support/builders.js';

type Tree = { [key: string]: string | Tree };
const paths = (tree: Tree, path = ''): string[] =>
  Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'string' ? [path + key] : paths(value, `${path}${key}.`),
  );
const exact = new Set(paths(textTree('fr') as Tree));
const keys = new Set([...exact].map((key) => key.replace(/_(one|many|other)$/, '')));

const filesIn = (folder: string, end: string) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((f) => f.endsWith(end))
    .map((f) => readFileSync(`${folder}/${f}`, 'utf8'));
const code = [...filesIn('src/features', '.ts'), ...filesIn('src/teams', '.ts')].join('\n');
const templates = filesIn('cards', '.json').join('\n');

const states =
  'pending sent-back approved declined waitlisted withdrawn attended absent not-held cancelled held'.split(
    ' ',
  );
const without = (...gone: string[]) => states.filter((s) => !gone.includes(s));
const steps = [
  'decide decide-late correct wait confirm fix-day tutor programme school agreements visit meet host under-way',
  'answer answer-late presence presence-late settle declined withdrawn no-seat period-over cancelled not-held',
  'attended absent',
].flatMap((line) => line.split(' '));
const helped = features.map((f) => f.name).filter((name) => keys.has(`help.${name}.title`));

const files = features.flatMap((f) => Object.keys(f.files ?? {}).map((name) => `${f.name}.files.${name}`));
const messages = features.flatMap((f) => Object.keys(f.messages ?? {}).map((name) => `${f.name}.${name}`));

const amendmentFaults = ['before-signature', 'after-end', 'commitment-missing', 'nothing-changes'];

const answers = ['not-placing-pupils', 'about-somebody', 'refusal', 'thanks'];

const fieldsOf = (...fields: ('title' | 'party' | 'day' | 'due')[]) =>
  entryKinds.flatMap((kind) =>
    fields.flatMap((field) => (entryShapes[kind][field] === 'none' ? [] : `${field}-${kind}`)),
  );
const untitled = entryKinds.filter((kind) => entryShapes[kind].title === 'optional');
const waitingFor = [...fieldsOf('due').map((name) => name.replace('due-', '')), 'formal-notice'];
const entryRefusals = [
  'moved changed not-agreed agreed-as-is not-held no-minutes not-asked not-cleared no-amendment nothing-collected',
  'over-time not-over before-term day-ahead day-order due-order too-old too-far office-named',
].flatMap((line) => line.split(' '));
const registerStates = [...new Set(Object.values(entryStates).flat())];

/** Keys that the code puts together from data, and all that the holes can hold, in their order. */
const notice = ['what', 'why', 'who', 'where', 'howLong', 'rights'];
const dynamic: Record<string, readonly (readonly string[])[]> = {
  'notice.${name}.heading': [notice],
  'notice.${name}.first': [notice],
  'notice.${name}.second': [notice],
  'help.${moment}.heading': [['welcome', 'help', 'unknown']],
  'help.${moment}.lead': [['welcome', 'help', 'unknown']],
  'help.${f.name}.title': [helped],
  'help.${f.name}.what': [helped],
  'help.${opens}.title': [['mine', 'preferences']],
  'answer.${answer}.heading': [answers],
  'answer.${answer}.lead': [answers],
  'what.${kind}': [kinds],
  'understood.gap.${gap}': [
    ['kind', 'level', 'firstDay', 'lastDay', 'dates', 'from', 'schools', 'academies'],
  ],
  '${feature}.open': [['host', 'volunteer', 'publish']],
  'personalData.${found}': [personalDataKinds],
  'mine.pending.${reach}': [['lost', 'none']],
  'preparation.${item}': [['school', 'tutor', 'programme']],
  'next.${step}.employee': [steps],
  'next.${step}.coordinator': [steps],
  'mine.group.${group}': [['toConfirm', 'toCome', 'past']],
  'story.move.${toStoryMove(row)}': [storyMoves],
  'data.noted.${what}': [notedKinds],
  'data.field.${field}': [dataFields],
  'data.invitation.${invitation.state}': [['sent', 'accepted', 'declined', 'later', 'lapsed']],
  'data.message.${message.state}': [['due', 'sending', 'sent', 'failed', 'unknown', 'void', 'held']],
  'data.task.${state}': [['waiting', 'done', 'dropped']],
  'outcome.${before}.${whose}': [
    ['before', 'correctable'],
    ['own', 'other'],
  ],
  'behalf.said.${toSaid(row)}': [saidMoves],
  'preferences.now.${kind}.${choice}': [mutable, muteChoices],
  'outcome.kept.${result}': [['settled', 'about', 'corrected', 'used']],
  'deadlines.kind.${item.deadline.kind}.what': [deadlineKinds],
  'deadlines.kind.${kind}.title': [deadlineKinds],
  'deadlines.kind.${kind}.what': [deadlineKinds],
  'deadlines.group.${group}': [['late', 'toCome', 'done']],
  'deadlines.state.${state}': [['open', 'coming', 'late', 'done', 'over']],
  'deadlines.rest.${state}': [['open', 'coming', 'late', 'over']],
  "deadlines.ask.${kind === 'committee' ? 'committee' : 'renewal-notice'}": [['committee', 'renewal-notice']],
  'convention.fact.${name}': [['parties', 'signed', 'duration', 'notice']],
  'amendments.standing.${standingOf(amendment, today)}': [['drafted', 'signed', 'in-force', 'dropped']],
  'amendments.word.${standing}': [['drafted', 'signed', 'in-force', 'dropped']],
  'amendments.rest.${standing}': [['drafted', 'signed', 'in-force', 'dropped']],
  'amendments.state.${stored.state}': [['drafted', 'signed', 'dropped']],
  'amendments.commitment.${measure}': [['employees', 'actions', 'pupils', 'places']],
  "amendments.move.${move.replace('amendment-', '')}": [Object.keys(amendmentMoves)],
  'amendments.fault.${fault}.text': [amendmentFaults],
  'amendments.fault.${fault}.why': [amendmentFaults],
  'amendments.signed.${fault}': [['before-signature', 'after-end']],
  'pending.group.${item.urgency}': [['undelivered', ...urgencies]],
  'pending.several.${result.move}': [['approve', 'decline']],
  'kind.${kind}': [kinds],
  'host.hours.${broken}': [
    'order too-early too-late break-missing rest-too-short day-too-long week-too-long'.split(' '),
  ],
  'recheck.${news}.heading': [['broken', 'confirmed']],
  'recheck.${news}.word': [['broken', 'confirmed']],
  'recheck.next.${next}': [['edit', 'again', 'nothing']],
  'pending.${done}': [['sentAgain', 'putAside']],
  'pending.to.${use}': [['coordinators', 'announcements']],
  'pending.to.${kind}Line': [['person', 'channel']],
  'pending.lookFirst.${to.kind}': [['person', 'channel']],
  'pending.closed.${to.kind}': [['person', 'channel']],
  'pending.message.${message.message}': [messages],
  'pending.why.${reason}': [
    'blocked removed removed-channel disabled gone gone-channel notAccepted unreachable notDrawn stopped'
      .concat(' refused noAnswer')
      .split(' '),
  ],
  'what.${action.kind}': [kinds],
  'kind.${action.kind}': [kinds],
  'kind.${k}': [meetingChoices],
  'kinds.${k}': [kinds],
  'level.${level}': [levels],
  'level.${l}': [levels],
  'level.${action.level}': [levels],
  'halfDay.${h}': [halfDays],
  'halfDay.${h}-title': [halfDays],
  'hosting.${action.hosting}': [hostingModes],
  'hosting.${m}-title': [hostingModes],
  'host.kind.${k}': [placementKinds],
  'period.${period}': [[...new Set(calendar.holidays.flatMap((h) => (h.zone.length === 1 ? h.period : [])))]],
  'calendar.off.${because}': [['public-holiday', 'custom', 'bridge', 'closure']],
  'calendar.partlyOff.${because}': [['public-holiday', 'custom', 'closure', 'many']],
  'calendar.why.${because.kind}': [['sunday', 'public-holiday', 'custom', 'bridge']],
  'weekday.${d}': [['1', '2', '3', '4', '5']],
  'weekday.${weekly.weekday}': [['1', '2', '3', '4', '5', '6', '7']],
  'weekday.${convention.weekly.weekday}': [['1', '2', '3', '4', '5', '6', '7']],
  'broken.${kind}.why': [placementKinds],
  'broken.${kind}.too-long': [placementKinds],
  'broken.${kind}.${rule.rule}': [placementKinds, ['too-short', 'too-long']],
  'state.${action.state}': [['cancelled', 'held', 'not-held']],
  'state.${state}': [without('pending', 'cancelled', 'held', 'not-held')],
  "state.${{ approve: 'approved', decline: 'declined', askChanges: 'sent-back' }[move]}": [],
  'state.pending-${viewer}': [['author', 'coordinator']],
  'refusal.state.${state}': [['none', 'called-off', ...states]],
  'setup.${use}.${where}': [
    ['coordinators', 'announcements'],
    ['none', 'here', 'elsewhere', 'lost'],
  ],
  'setup.lost.${use}.heading': [['coordinators', 'announcements']],
  'setup.lost.${use}.kept': [['coordinators', 'announcements']],
  'setup.chosen.${chosen}': [['coordinators', 'announcements']],
  'approval.${field}Error': [['reason', 'changes']],
  'approval.${field}Short': [['reason', 'changes']],
  "approval.told.${move}.${action.hosting ? 'host' : 'meet'}": [
    ['approve', 'decline', 'askChanges'],
    ['host', 'meet'],
  ],
  'approval.duty.${d}': ['danger noWork status tutor insurance accident'.split(' ')],
  // A third way is for an approved availability only: see `nextSteps`.
  'approval.next.${move}.${next}': [],
  'preferences.${l}': [langs],
  'preferences.mute.${choice}': [muteChoices],
  'reminders.missing.${p}': [preparations],
  'reminders.turn.${turn}': [['you', 'both', 'nobody']],
  'reminders.calendar.${calendar}': [['add', 'remove']],
  'reminders.calendar.${offer}': [['add', 'remove']],
  'reminders.calendar.${offer}Note': [['add', 'remove']],
  '${fileTexts(file)}.what': [files],
  '${fileTexts(file)}.again': [files],
  '${fileTexts(link.file)}.what': [files],
  '${fileTexts(link.file)}.again': [files],
  'files.${reason}.heading': [['used', 'expired', 'gone', 'unknown', 'tooFast', 'store', 'failure']],
  'files.${reason}.why': [['used', 'expired', 'gone', 'unknown', 'tooFast', 'store', 'failure']],
  'progress.commitment.${c.measure}': [['actions', 'pupils', 'places']],
  'progress.commitment.${c.measure}Of': [['actions', 'pupils', 'places']],
  'kinds.${kind}': [kinds],
  'hosting.${hosting}-title': [hostingModes],
  'report.cut.${cut}': [cuts],
  'report.cut.${c}': [cuts],
  'report.none.${cut}': [cuts],
  'report.several.${cut}': [cuts],
  'report.unit.${name}': [['actions', 'pupils', 'employees']],
  'report.commitment.${measure}': [['employees', 'actions', 'pupils', 'places']],
  'report.column.${cut}': [cuts],
  'report.sheet.${cut}': [cuts],
  'report.figure.${name}': [figureNames],
  'report.definition.${name}': [figureNames],
  'report.section.${key}': [['figures', 'commitments', 'kinds']],
  'report.promise.${measure}': [['employees', 'actions', 'pupils', 'places']],
  'report.promise.${commitment.measure}': [['employees', 'actions', 'pupils', 'places']],
  'report.column.${name}': [
    'number state firstDay lastDay uai pupils offered filled presenceDays personDays hosting'
      .concat(' employees names codes corrected was why')
      .split(' '),
  ],
  'report.column.${what}': [
    'state firstDay lastDay pupils offered filled presenceDays personDays school'.split(' ').concat(cuts),
  ],
  'report.state.${state}': [['held', 'planned', 'not-held']],
  'report.was.${was.state}': [['held', 'not-held']],
  'report.was.${before.state}': [['held', 'planned', 'not-held']],
  'report.was.${after.state}': [['held', 'planned', 'not-held']],
  'report.state.${counted.state}': [['held', 'planned', 'not-held']],
  'report.late.${what}': [['added', 'removed', 'changed']],
  'closing.news.${news}': [['moved', 'already', 'reopened-already']],
  'report.files.${name}.button': [['workbook', 'ministry', 'table']],
  'report.files.${offered}.button': [['workbook', 'ministry', 'table']],
  'files.told.${reason}.heading': [['used', 'expired', 'gone', 'declined', 'notUploaded', 'failure']],
  'files.told.${reason}.why': [['used', 'expired', 'gone', 'declined', 'notUploaded', 'failure']],
  'report.files.${name}.about': [['workbook', 'ministry', 'table']],
  'imports.column.${column}': [importColumns],
  'imports.columnAlso.${column}': [importColumns],
  'imports.kindAlso.${kind}': [kinds],
  'imports.levelAlso.${level}': [levels],
  'imports.meaning.${column}': [importColumns],
  'imports.example.${column}': [importColumns],
  'imports.rule.${rule}': [[...faultRules, ...noticeRules]],
  'imports.sheet.${title}': [['column', 'required', 'meaning', 'example', 'choices']],
  'imports.files.${name}.button': [['workbook', 'table']],
  'imports.files.findings.${title}': [['line', 'column', 'weight', 'rule']],
  'registers.kind.${kind}': [entryKinds],
  'registers.kind.${entry.kind}': [entryKinds],
  'registers.untitled.${kind}': [untitled],
  'registers.due.${entry.kind}': [waitingFor],
  'registers.state.${entry.state}': [registerStates],
  'registers.next.${entry.state}': [registerStates],
  'registers.fact.${key}': [
    [
      ...untitled.map((kind) => `title-${kind}`),
      ...fieldsOf('day', 'due'),
      ...['party', 'due-formal-notice', 'collects'],
      ...notedMoves,
    ],
  ],
  "registers.collected.${collects ? 'yes' : 'no'}": [['yes', 'no']],
  'registers.collects.${answer}': [['yes', 'no']],
  'events.word.${obstacle}': [['sent', 'aside', 'no-days', 'begun', 'held', 'not-agreed']],
  'events.obstacle.${obstacle}': [['sent', 'aside', 'no-days', 'begun', 'held', 'not-agreed']],
  "events.obstacle.${obstacle ?? 'none'}": [['none']],
  'events.obstacle.${because}': [['no-channel']],
  'events.button.${move}': [moves],
  'events.saved.${note}': [['added', 'edited', 'unchanged', 'done']],
  'events.told.${last.did}': [['add', 'edit', ...moves]],
  'events.closed.${closed}': [['aside', 'over']],
  'events.fault.${because}': [['changed', 'listed', 'year', 'too-many']],
  'events.fault.${because}-why': [['changed', 'listed', 'year', 'too-many']],
  'registers.told.${move}': [Object.keys(entryMoves)],
  'registers.field.${field}': [['title', 'party', 'day', 'due', 'collects', 'text']],
  'registers.saved.${note}': [['entered', 'edited', 'unchanged', 'moved']],
  'registers.button.${move}': [formMoves],
  'registers.about.${move}': [formMoves],
  'registers.office.${move}': [formMoves.filter((move) => notesOf(move).office)],
  'registers.words.${move}': [formMoves.filter((move) => notesOf(move).text === 'required')],
  'registers.new.${kind}': [entryKinds],
  'registers.new.${k}': [entryKinds],
  'registers.label.${field}-${kind}': [],
  'registers.rule.${shape.register}': [registers],
  'registers.rule.${register}': [registers],
  'registers.name.${register}': [registers],
  'registers.group.${groupAt(at)}': [['waiting', 'done']],
  'registers.missing.${because}': [missing],
  'registers.refused.${because}.what': [entryRefusals],
  'registers.refused.${because}.why': [entryRefusals],
  'sessions.heading.${action.kind}': [meetingKinds],
  'sessions.freed.${why}.one': [['withdrawn', 'unconfirmed', 'added']],
  'sessions.freed.${why}.many': [['withdrawn', 'unconfirmed', 'added']],
  'sessions.manageNote.${note}': [['unchanged', 'edited', 'used', 'closed', 'reopened', 'cancelled']],
  'sessions.news.${news}.heading': [['cancelled', 'seated', 'unseated', 'lapsed', 'changed']],
  'sessions.news.${news}.note': [['cancelled', 'seated', 'unseated', 'lapsed', 'changed']],
  'halfDay.${half}': [halfDays],
  'invitations.hindrance.${hindrance}': [['cancelled', 'over', 'closed', 'full']],
  "invitations.academie.${vowel ? 'vowel' : 'other'}": [['vowel', 'other']],
  "invitations.answer.${waits ? 'waits' : state}": [
    ['sent', 'accepted', 'waits', 'declined', 'later', 'lapsed'],
  ],
  'invitations.said.${note}': [['accepted', 'filled', 'changed', 'refused', 'postponed']],
  "dates.outside.${outside ?? 'academie'}": [['period', 'half-day', 'academie']],
  'dates.said.${note}': [['confirmed', 'changed', 'proposed']],
  'weekly.${k}': [['received', 'approved', 'declined', 'withdrawn']],
  'weekly.deadline.${deadline.kind}': [deadlineKinds],
};
/** `approval.next.<move>.<what>` has a third way for an approved availability only. */
const nextSteps = [
  'approve.host',
  'approve.meet',
  'approve.available',
  'approve.visit',
  'decline.host',
  'decline.meet',
  'askChanges.host',
  'askChanges.meet',
].map((k) => `approval.next.${k}`);

const expand = (pattern: string, holes: readonly (readonly string[])[]): string[] =>
  holes.length === 0
    ? []
    : holes.reduce<string[]>(
        (made, values) => made.flatMap((m) => values.map((v) => m.replace(/\$\{[^}]*\}/, () => v))),
        [pattern],
      );
/** Template literals with a hole that look like a key: `name.…${…}` or `${…}.name`. */
const patternsInCode = [
  ...code.matchAll(/(?:\bt|\bt\.at)\(\s*`([^`]*)`|[?:]\s*`((?:state|help|mine)\.[^`]*)`/g),
]
  .map(([, direct, chosen]) => direct ?? chosen ?? '')
  .filter((p) => /\$\{/.test(p) && !/^\$\{key\}/.test(p));
const literals = new Set([...code.matchAll(/'([\w-]+(?:\.[\w-]+)+)'/g)].map(([, literal]) => literal ?? ''));
const inTemplates = new Set(
  [...templates.matchAll(/\bt\.([\w-]+(?:\.[\w-]+)+)/g)].map(([, path]) => path ?? ''),
);
const expanded = new Set([
  ...Object.entries(dynamic).flatMap(([p, holes]) => expand(p, holes)),
  ...nextSteps,
  // Each kind has its own fields.
  ...fieldsOf('title', 'party', 'day', 'due').map((name) => `registers.label.${name}`),
]);

describe('every text that is asked for exists:', () => {
  test('in the code', () => {
    const asked = [...code.matchAll(/\bt(?:\.at)?\(\s*'([^']+)'/g)].map(([, key]) => key ?? '');
    expect(asked.length).toBeGreaterThan(100);
    expect(asked.filter((k) => !keys.has(k))).toEqual([]);
  });

  test('in the cards', () => {
    expect(inTemplates.size).toBeGreaterThan(50);
    expect([...inTemplates].filter((k) => !exact.has(k))).toEqual([]);
  });

  test('in refusals, which have a heading and a why', () => {
    const refusals = [...code.matchAll(/'(refusal\.\w+)'/g)].map(([, key]) => key);
    expect(refusals.length).toBeGreaterThan(10);
    expect(
      refusals
        .filter((k) => !keys.has(`${k}.heading`) || !keys.has(`${k}.why`))
        .filter((k) => k !== 'refusal.eyebrow'),
    ).toEqual([]);
  });

  test('when its key is put together from data, as the table above says', () => {
    const known = new Set(Object.keys(dynamic));
    expect([...new Set(patternsInCode)].filter((p) => !known.has(p))).toEqual([]);
    expect([...known].filter((p) => !code.includes(`\`${p}\``))).toEqual([]);
    expect([...expanded].filter((k) => !keys.has(k))).toEqual([]);
  });
});

test('no text is there for nothing', () => {
  const isUsed = (key: string) =>
    literals.has(key) ||
    inTemplates.has(key) ||
    expanded.has(key) ||
    (/^refusal\.\w+\.(heading|why|hint)$/.test(key) && literals.has(key.replace(/\.\w+$/, '')));
  expect([...keys].filter((k) => !isUsed(k))).toEqual([]);
});
