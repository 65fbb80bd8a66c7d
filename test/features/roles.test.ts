import { features } from '../../src/features/index.js';

/** All that depends on whether somebody is a coordinator and only shows something: what Teams said lately will do. */
const reading = [
  'approval.view',
  'agreements.open',
  'outcome.open',
  'outcome.differ',
  'sessions.view',
  'sessions.manage',
  'sessions.edit',
  'invitations.open',
  'dates.open',
  'dates.edit',
  'pending.open',
  'pending.page',
  'pending.chooseFilter',
  'pending.filter',
  'pending.several',
  'pending.undelivered',
  'pending.message',
  'story.view',
  'search.open',
  'search.find',
  'report.open',
  'report.show',
  'report.page',
  'imports.open',
  'imports.show',
  'imports.ask',
  'registers.open',
  'registers.list',
  'registers.view',
  'registers.create',
  'registers.edit',
  'registers.ask',
  'search.page',
  'behalf.open',
  'behalf.choose',
  'behalf.menu',
  'behalf.sessions',
  'behalf.action',
  'volunteerFor.open',
  'volunteerFor.timing',
  'volunteerFor.cancel',
  'hostFor.open',
  'hostFor.cancel',
  'publish.open',
  'publish.again',
  'recheck.page',
  'help.open',
];
/** All that depends on it and changes something: Teams is asked whether it is still true. */
const changing = [
  'approval.approve',
  'approval.decline',
  'approval.askChanges',
  'pending.approveSeveral',
  'pending.declineSeveral',
  'pending.resend',
  'pending.dismiss',
  'behalf.join',
  'behalf.withdraw',
  'volunteerFor.submit',
  'hostFor.submit',
  'hostFor.useDates',
  'hostFor.keepPossible',
  'publish.submit',
  'sessions.save',
  'sessions.stay',
  'sessions.close',
  'sessions.reopen',
  'sessions.cancel',
  'invitations.invite',
  'dates.fix',
  'dates.move',
  'dates.take',
  'outcome.held',
  'outcome.notHeld',
  'outcome.attendance',
  'outcome.settle',
  'preparation.set',
  'agreements.save',
  'report.files',
  'imports.add',
  'imports.drop',
  'registers.save',
  'registers.note',
];

const actions = features.flatMap((f) =>
  Object.entries(f.actions).map(([name, action]) => ({ verb: `${f.name}.${name}`, ...action })),
);
const asking = (what: string) => actions.flatMap(({ verb, asks }) => (asks === what ? verb : [])).sort();

it('every action that depends on the role reads or changes, and the lists above say which', () => {
  expect(asking('read')).toEqual([...reading].sort());
  expect(asking('change')).toEqual([...changing].sort());
});

it('whatever only coordinators, or they and administrators, may do asks for the role', () => {
  const theirs = actions.filter(({ who }) => who === 'coordinator' || who === 'keeper');
  expect(theirs.filter(({ asks }) => asks === 'nothing')).toEqual([]);
});
