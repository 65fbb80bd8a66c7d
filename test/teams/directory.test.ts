import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  findAction,
  formData,
  hugo,
  ines,
  louis,
  person,
  type TestBot,
  type TestPerson,
  team,
  textOf,
  zoe,
} from '../support/bot.js';
import {
  activityFrom,
  all,
  errorText,
  hasButton,
  inChannel,
  offerTalk,
  postsIn,
  says,
  startFast,
  written,
} from '../support/flows.js';

const tenantId = '00000000-0000-0000-0000-00000000000a';
let bot: TestBot;
afterEach(() => bot.close());

const start = async (coordinators: readonly TestPerson[], env: Record<string, string> = {}) => {
  bot = await startFast({ env });
  await bot.setUp(coordinators);
};
const members = (...people: readonly TestPerson[]) =>
  bot.connector.setMembers(
    team,
    people.map((p) => ({ ...p, tenantId })),
  );
const isRefused = async (who: TestPerson) =>
  textOf((await bot.click(who, 'pending.open')).value).includes(says('fr', 'refusal.notCoordinator.heading'));
const later = (minutes: number) =>
  bot.setNow(new Date(Date.parse(bot.now()) + minutes * 60_000).toISOString());
const isRosterRead = ({ path }: { path: string }) => path.includes('pagedmembers');
const rosterReads = () => bot.connector.requests.filter(isRosterRead).length;
const members500 = () => bot.connector.fail({ match: isRosterRead, status: 500, times: 999 });
/** Teams holds up the next answer about a team. */
const heldUp = () => {
  let answers = () => {};
  const until = new Promise<void>((resolve) => {
    answers = resolve;
  });
  bot.connector.fail({ match: isRosterRead, until });
  return { answers };
};
const isUnknown = async (who: TestPerson) =>
  String((await bot.click(who, 'pending.open')).value.message).includes(
    says('fr', 'refusal.teamUnknown.heading'),
  );
const decisions = [
  ['approval.approve', {}],
  ['approval.decline', { reason: 'L’équipe est complète.' }],
  ['approval.askChanges', { changes: 'Une autre semaine conviendrait.' }],
] as const;

it('the members of the coordinators’ channel’s team are coordinators, others are not', async () => {
  await start([hugo, louis]);
  expect(await isRefused(hugo)).toBe(false);
  expect(await isRefused(louis)).toBe(false);
  expect(await isRefused(zoe)).toBe(true);
});

it('a member whose account id Teams says under its other name only is one too', async () => {
  await start([zoe]);
  const { aadObjectId: objectId } = hugo;
  bot.connector.setMembers(team, [
    { ...hugo, aadObjectId: '', objectId, tenantId },
    { ...louis, aadObjectId: '', objectId: '', tenantId },
  ]);
  expect(await isRefused(hugo)).toBe(false);
  expect(await isRefused(louis)).toBe(true);
});

it('without a channel nobody is a coordinator', async () => {
  bot = await startFast();
  expect(await isRefused(hugo)).toBe(true);
});

it('COORDINATORS narrows them to some, and makes nobody one who is not a member', async () => {
  await start([hugo, louis], { COORDINATORS: `${louis.aadObjectId}, ${zoe.aadObjectId}` });
  expect(await isRefused(hugo)).toBe(true);
  expect(await isRefused(louis)).toBe(false);
  expect(await isRefused(zoe)).toBe(true);
});

it('a team of more members than Teams lists at once is read to its end', async () => {
  const many = Array.from({ length: 1_200 }, (_, i) => ({ ...zoe, id: `29:${i}`, aadObjectId: `aad-${i}` }));
  await start([hugo, ...many, louis]);
  expect(await isRefused(louis)).toBe(false);
  expect(rosterReads()).toBe(3);
});

it('the team is read once for many clicks', async () => {
  await start([hugo]);
  await Promise.all(Array.from({ length: 20 }, () => bot.click(hugo, 'pending.open')));
  expect(rosterReads()).toBe(1);
});

it('somebody who leaves loses the right, and somebody who joins has it, within minutes', async () => {
  await start([hugo]);
  expect(await isRefused(hugo)).toBe(false);
  members(louis);
  later(11);
  expect(await isRefused(hugo)).toBe(true);
  expect(await isRefused(louis)).toBe(false);
});

it('when Teams does not answer, nobody changes anything two minutes later, and what is known shows for an hour', async () => {
  await start([hugo]);
  const id = await offerTalk(bot, ines);
  expect(await isRefused(hugo)).toBe(false);
  members500();
  later(5);
  const before = await written(bot);
  for (const [verb, more] of decisions) {
    const answer = await bot.click(hugo, verb, { id, ...more }, inChannel);
    // The card stays as it is, with what was typed into it.
    expect(answer.type).toBe('application/vnd.microsoft.error');
    expect(errorText(answer)).toContain(says('fr', 'refusal.teamUnknown.heading'));
  }
  expect(await written(bot)).toBe(before);
  later(54);
  const [list] = await bot.say(hugo, 'à valider');
  expect(hasButton(list, 'approval.view')).toBe(true);
  const { value } = await bot.click(hugo, 'approval.view', { id }, inChannel);
  expect(hasButton(value, 'approval.approve')).toBe(true);
  expect(textOf(await bot.say(hugo, 'aide'))).toContain(says('fr', 'help.pending.title'));
  later(2);
  expect(await isUnknown(hugo)).toBe(true);
});

it.each([
  'fr',
  'en',
] as const)('what a coordinator is told then is not that they are none (%s)', async (lang) => {
  const who = { ...hugo, locale: lang === 'fr' ? 'fr-FR' : 'en-GB' };
  await start([hugo]);
  await offerTalk(bot, ines);
  later(61);
  members500();
  for (const command of ['à valider', 'publier']) {
    const said = textOf(await bot.say(who, command));
    expect(said).toContain(says(lang, 'refusal.teamUnknown.heading'));
    expect(said).toContain(says(lang, 'refusal.teamUnknown.why'));
  }
  const answer = await bot.click(who, 'pending.page', { page: 0 });
  expect(errorText(answer)).toContain(says(lang, 'refusal.teamUnknown.why'));
});

it('what is the person’s own needs no answer of Teams', async () => {
  await start([hugo]);
  const id = await offerTalk(bot, ines, { firstDay: '2026-11-23' });
  await bot.click(hugo, 'approval.approve', { id }, inChannel);
  later(61);
  members500();
  const form = (await bot.click(ines, 'outcome.open', { id })).value;
  const held = await bot.click(ines, 'outcome.held', formData(form, 'outcome.held', { pupils: '28' }));
  expect(textOf(held.value)).toContain(says('fr', 'state.attended'));
});

it('of somebody else’s action Teams has to be asked before it is refused', async () => {
  await start([hugo]);
  const id = await offerTalk(bot, ines, { firstDay: '2026-11-23' });
  await bot.click(hugo, 'approval.approve', { id }, inChannel);
  const form = (await bot.click(hugo, 'outcome.open', { id })).value;
  later(3);
  members500();
  const answer = await bot.click(hugo, 'outcome.held', formData(form, 'outcome.held', { pupils: '28' }));
  expect(errorText(answer)).toContain(says('fr', 'refusal.teamUnknown.heading'));
  bot.connector.heal();
  const held = await bot.click(hugo, 'outcome.held', formData(form, 'outcome.held', { pupils: '28' }));
  expect(textOf(held.value)).toContain(says('fr', 'outcome.held'));
});

it('a request that Teams says nothing about shows everybody where it stands, and how to try again', async () => {
  await start([hugo]);
  const id = await offerTalk(bot, ines);
  later(61);
  members500();
  const { value } = await bot.click(hugo, 'approval.view', { id }, inChannel);
  expect(textOf(value)).toContain(says('fr', 'approval.unknownNote'));
  expect(hasButton(value, 'approval.approve')).toBe(false);
  bot.connector.heal();
  const again = await bot.click(hugo, 'approval.view', formData(value, 'approval.view'), inChannel);
  expect(hasButton(again.value, 'approval.approve')).toBe(true);
});

it('a change asks Teams again after two minutes: who has left the team meanwhile decides nothing', async () => {
  await start([hugo]);
  const id = await offerTalk(bot, ines);
  expect(await isRefused(hugo)).toBe(false);
  members(louis);
  later(3);
  const before = await written(bot);
  const { value } = await bot.click(hugo, 'approval.approve', { id }, inChannel);
  expect(textOf(value)).toContain(says('fr', 'refusal.notCoordinator.heading'));
  expect(await written(bot)).toBe(before);
  const approved = await bot.click(louis, 'approval.approve', { id }, inChannel);
  expect(textOf(approved.value)).toContain(says('fr', 'state.approved'));
});

it('the ages are settings of the convention', async () => {
  const convention = JSON.parse(readFileSync('convention.json', 'utf8'));
  convention.settings.roster = { changeMinutes: 30, readMinutes: 90 };
  const file = join(mkdtempSync(join(tmpdir(), 'passerelle-ages-')), 'convention.json');
  writeFileSync(file, JSON.stringify(convention));
  await start([hugo], { CONVENTION_FILE: file });
  const id = await offerTalk(bot, ines);
  expect(await isRefused(hugo)).toBe(false);
  members500();
  later(29);
  await bot.click(hugo, 'approval.approve', { id }, inChannel);
  expect((await all(bot, 'engagements'))[0]?.state).toBe('approved');
  later(60);
  expect(await isUnknown(hugo)).toBe(false);
  later(2);
  expect(await isUnknown(hugo)).toBe(true);
});

it('a click waits three seconds for Teams; what comes later counts for the next one', async () => {
  await start([hugo]);
  const id = await offerTalk(bot, ines);
  await bot.app.drain();
  later(3);
  const reads = rosterReads();
  const teams = heldUp();
  const approve = () => bot.click(hugo, 'approval.approve', { id }, inChannel);
  const began = performance.now();
  expect(errorText(await approve())).toContain(says('fr', 'refusal.teamUnknown.heading'));
  expect(performance.now() - began).toBeLessThan(5_000);
  const next = approve();
  teams.answers();
  expect(textOf((await next).value)).toContain(says('fr', 'state.approved'));
  expect(rosterReads()).toBe(reads + 1);
});

describe('when the channel moves to another team', () => {
  const elsewhere = '19:autre-equipe@thread.tacv2';
  const theirs = '19:autre-canal@thread.tacv2';
  const inTheirs = {
    conversation: { id: `${theirs};messageid=1`, conversationType: 'channel', tenantId },
    channelData: { tenant: { id: tenantId }, team: { id: elsewhere }, channel: { id: theirs } },
  };
  const invoke = async (who: TestPerson, verb: string, data: object) => {
    const value = { action: { type: 'Action.Execute', verb, data } };
    const answer = await bot.raw(
      activityFrom(bot, who, { type: 'invoke', name: 'adaptiveCard/action', value, ...inTheirs }),
    );
    return textOf(await answer.json());
  };

  it('its members decide at once, and those of the team before no more', async () => {
    await start([hugo]);
    const id = await offerTalk(bot, ines);
    expect(await isRefused(hugo)).toBe(false);
    bot.connector.setMembers(elsewhere, [{ ...louis, tenantId }]);
    await invoke(hugo, 'setup.choose', { use: 'coordinators' });
    const before = await written(bot);
    expect(textOf((await bot.click(hugo, 'approval.approve', { id }, inChannel)).value)).toContain(
      says('fr', 'refusal.notCoordinator.heading'),
    );
    expect(await isRefused(hugo)).toBe(true);
    expect(await written(bot)).toBe(before);
    expect(await invoke(louis, 'approval.approve', { id })).toContain(says('fr', 'state.approved'));
  });

  it('nobody decides while Teams does not say who is in the new one', async () => {
    await start([hugo]);
    const id = await offerTalk(bot, ines);
    expect(await isRefused(hugo)).toBe(false);
    members500();
    await invoke(hugo, 'setup.choose', { use: 'coordinators' });
    for (const who of [hugo, louis]) {
      expect(await isUnknown(who)).toBe(true);
      expect(errorText(await bot.click(who, 'approval.approve', { id }))).toContain(
        says('fr', 'refusal.teamUnknown.heading'),
      );
    }
    expect((await all(bot, 'engagements'))[0]?.state).toBe('pending');
  });

  it('a late answer about the old one gives nobody a right', async () => {
    await start([hugo]);
    await bot.app.drain();
    later(5);
    const teams = heldUp();
    expect(await isRefused(hugo)).toBe(false);
    bot.connector.setMembers(elsewhere, [{ ...louis, tenantId }]);
    await invoke(hugo, 'setup.choose', { use: 'coordinators' });
    expect(await isRefused(louis)).toBe(false);
    const asked = rosterReads();
    let looks = 0;
    const answered = bot.connector.waitFor(() => ++looks > 1);
    teams.answers();
    await answered;
    expect(await isRefused(hugo)).toBe(true);
    expect(await isRefused(louis)).toBe(false);
    expect(rosterReads()).toBe(asked);
  });

  it('only those of the new one have a view of their own of its cards', async () => {
    await start([hugo]);
    expect(await isRefused(hugo)).toBe(false);
    bot.connector.setMembers(elsewhere, [{ ...louis, tenantId }]);
    await invoke(hugo, 'setup.choose', { use: 'coordinators' });
    expect(await isRefused(louis)).toBe(false);
    await offerTalk(bot, ines);
    const [card] = await postsIn(bot, theirs);
    expect((card?.refresh as { userIds: string[] }).userIds.sort()).toEqual([ines.id, louis.id].sort());
  });
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
  const withLouis = (more: object) =>
    bot.connector.setMembers(team, [
      { ...hugo, tenantId },
      { ...louis, tenantId, ...more },
    ]);

  it.each(rows)('%s (%j) is a coordinator: %s', async (_, more, isOne) => {
    await start([hugo, louis], env);
    withLouis(more);
    later(11);
    expect(await isRefused(louis)).toBe(!isOne);
    expect(await isRefused(hugo)).toBe(false);
  });

  it.each(rows)('%s (%j) is one when COORDINATORS names them', async (_, more) => {
    await start([hugo, louis], { ...env, COORDINATORS: louis.aadObjectId });
    withLouis(more);
    later(11);
    expect(await isRefused(louis)).toBe(false);
    expect(await isRefused(hugo)).toBe(true);
  });
});

it('a clock that was put back does not lengthen a right', async () => {
  await start([hugo]);
  expect(await isRefused(hugo)).toBe(false);
  members(louis);
  later(-60);
  expect(await isRefused(hugo)).toBe(true);
});

it('a member without an AAD id is nobody the bot can know', async () => {
  await start([hugo]);
  bot.connector.setMembers(team, [{ ...person('Sans Compte'), aadObjectId: '', tenantId }]);
  later(11);
  expect(await isRefused(hugo)).toBe(true);
});

describe('after a restart or a quiet quarter of an hour, a coordinator’s first click', () => {
  let id: string;
  beforeEach(async () => {
    await start([hugo]);
    id = await offerTalk(bot, ines, { firstDay: '2026-11-23' });
    later(15);
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
