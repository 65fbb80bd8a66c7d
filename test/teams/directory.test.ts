import { findAction, hugo, ines, louis, person, type TestBot, team, textOf, zoe } from '../support/bot.js';
import { hasButton, inChannel, offerTalk, says, startFast } from '../support/flows.js';
import { type Roster, rosterOf, startWithTeam, tenantId } from '../support/roster.js';

let bot: TestBot;
let roster: Roster;
afterEach(() => bot.close());

it('the members of the coordinators’ channel’s team are coordinators, others are not', async () => {
  ({ bot, roster } = await startWithTeam([hugo, louis]));
  expect(await roster.refuses(hugo)).toBe(false);
  expect(await roster.refuses(louis)).toBe(false);
  expect(await roster.refuses(zoe)).toBe(true);
});

it('a member whose account id Teams says under its other name only is one too', async () => {
  ({ bot, roster } = await startWithTeam([zoe]));
  const { aadObjectId: objectId } = hugo;
  bot.connector.setMembers(team, [
    { ...hugo, aadObjectId: '', objectId, tenantId },
    { ...louis, aadObjectId: '', objectId: '', tenantId },
  ]);
  expect(await roster.refuses(hugo)).toBe(false);
  expect(await roster.refuses(louis)).toBe(true);
});

it('without a channel nobody is a coordinator', async () => {
  bot = await startFast();
  roster = rosterOf(bot);
  expect(await roster.refuses(hugo)).toBe(true);
});

it('COORDINATORS narrows them to some, and makes nobody one who is not a member', async () => {
  ({ bot, roster } = await startWithTeam([hugo, louis], {
    COORDINATORS: `${louis.aadObjectId}, ${zoe.aadObjectId}`,
  }));
  expect(await roster.refuses(hugo)).toBe(true);
  expect(await roster.refuses(louis)).toBe(false);
  expect(await roster.refuses(zoe)).toBe(true);
});

it('a team of more members than Teams lists at once is read to its end', async () => {
  const many = Array.from({ length: 1_200 }, (_, i) => ({ ...zoe, id: `29:${i}`, aadObjectId: `aad-${i}` }));
  ({ bot, roster } = await startWithTeam([hugo, ...many, louis]));
  expect(await roster.refuses(louis)).toBe(false);
  expect(roster.reads()).toBe(3);
});

it('the team is read once for many clicks', async () => {
  ({ bot, roster } = await startWithTeam([hugo]));
  await Promise.all(Array.from({ length: 20 }, () => bot.click(hugo, 'pending.open')));
  expect(roster.reads()).toBe(1);
});

it('the team is not read again for a minute of clicks, one after the other', async () => {
  ({ bot, roster } = await startWithTeam([hugo]));
  for (let click = 0; click < 3; click++) {
    expect(await roster.refuses(hugo)).toBe(false);
    roster.later(0.5);
  }
  expect(roster.reads()).toBe(1);
});

it('five minutes later a list is shown at once, while Teams is asked again', async () => {
  ({ bot, roster } = await startWithTeam([hugo]));
  expect(await roster.refuses(hugo)).toBe(false);
  roster.later(5);
  const teams = roster.heldUp();
  const waits = jest.spyOn(global, 'setTimeout');
  expect(await roster.refuses(hugo)).toBe(false);
  expect(waits).not.toHaveBeenCalledWith(expect.any(Function), 3_000);
  waits.mockRestore();
  teams.answers();
  await bot.connector.waitFor(() => roster.reads() === 2);
});

it('a command that shows coordinators the same as anybody asks Teams nothing', async () => {
  ({ bot, roster } = await startWithTeam([hugo]));
  await bot.connector.waitFor(() => roster.reads() === 1);
  roster.later(61);
  for (const command of ['proposer', 'séances', 'progression']) await bot.say(hugo, command);
  expect(roster.reads()).toBe(1);
});

it('whom COORDINATORS does not name is none, whether or not Teams answers', async () => {
  ({ bot, roster } = await startWithTeam([hugo, louis], { COORDINATORS: louis.aadObjectId }));
  await bot.connector.waitFor(() => roster.reads() === 1);
  roster.fails();
  roster.later(61);
  expect(await roster.refuses(hugo)).toBe(true);
  expect(roster.reads()).toBe(1);
});

it('somebody who leaves loses the right, and somebody who joins has it, within minutes', async () => {
  ({ bot, roster } = await startWithTeam([hugo]));
  expect(await roster.refuses(hugo)).toBe(false);
  roster.set(louis);
  roster.later(11);
  expect(await roster.refuses(hugo)).toBe(true);
  expect(await roster.refuses(louis)).toBe(false);
});

describe('somebody in the team who is not of the company', () => {
  const rows: [string, object, boolean][] = [
    ['a member', { userRole: 'user' }, true],
    ['an owner', { userRole: 'Owner' }, true],
    ['somebody of whom Teams says nothing', { tenantId: undefined }, true],
    ['somebody of whom Teams says null', { tenantId: null, userRole: null, userPrincipalName: null }, true],
    ['a guest', { userRole: 'guest' }, false],
    ['a guest in capitals', { userRole: 'Guest' }, false],
    ['an anonymous visitor', { userRole: 'anonymous' }, false],
    ['a role that nobody knows', { userRole: 'federated' }, false],
    ['somebody of another tenant', { tenantId: '00000000-0000-0000-0000-00000000000b' }, false],
    ['a principal name of a guest', { userPrincipalName: 'x_other.example#EXT#@company.example' }, false],
    ['the same in small letters', { userPrincipalName: 'x_other.example#ext#@company.example' }, false],
  ];
  const env = { MicrosoftAppTenantId: tenantId };
  const withLouis = (more: object) => roster.set(hugo, { ...louis, ...more });

  it.each(rows)('%s (%j) is a coordinator: %s', async (_, more, isOne) => {
    ({ bot, roster } = await startWithTeam([hugo, louis], env));
    withLouis(more);
    roster.later(11);
    expect(await roster.refuses(louis)).toBe(!isOne);
    expect(await roster.refuses(hugo)).toBe(false);
  });

  it.each(rows)('%s (%j) is one when COORDINATORS names them', async (_, more) => {
    ({ bot, roster } = await startWithTeam([hugo, louis], { ...env, COORDINATORS: louis.aadObjectId }));
    withLouis(more);
    roster.later(11);
    expect(await roster.refuses(louis)).toBe(false);
    expect(await roster.refuses(hugo)).toBe(true);
  });
});

it('a clock that was put back does not lengthen a right', async () => {
  ({ bot, roster } = await startWithTeam([hugo]));
  expect(await roster.refuses(hugo)).toBe(false);
  roster.set(louis);
  roster.later(-60);
  expect(await roster.refuses(hugo)).toBe(true);
});

it('a member without an AAD id is nobody the bot can know', async () => {
  ({ bot, roster } = await startWithTeam([hugo]));
  bot.connector.setMembers(team, [{ ...person('Sans Compte'), aadObjectId: '', tenantId }]);
  roster.later(11);
  expect(await roster.refuses(hugo)).toBe(true);
});

describe('after a restart or a quiet quarter of an hour, a coordinator’s first click', () => {
  let id: string;
  beforeEach(async () => {
    ({ bot, roster } = await startWithTeam([hugo]));
    id = await offerTalk(bot, ines, { firstDay: '2026-11-23' });
    roster.later(15);
  });

  it('on a request in the channel shows the buttons to decide', async () => {
    const { value } = await bot.click(hugo, 'approval.view', { id }, inChannel);
    expect(hasButton(value, 'approval.approve')).toBe(true);
  });

  it('on "did it take place" of somebody else’s action opens the form', async () => {
    await bot.click(hugo, 'approval.approve', { id }, inChannel);
    await bot.restart();
    const { value } = await bot.click(hugo, 'outcome.open', { id });
    expect(findAction(value, 'outcome.held')).toBeDefined();
  });

  it('on the help shows what coordinators can do', async () => {
    const [card] = await bot.say(hugo, 'aide');
    expect(textOf(card)).toContain(says('fr', 'help.pending.title'));
  });
});
