import {
  findAction,
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
import { hasButton, inChannel, offerTalk, says, startFast, written } from '../support/flows.js';

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
const rosterReads = () => bot.connector.requests.filter((r) => r.path.includes('pagedmembers')).length;

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

it('when Teams does not answer, what is known serves for some minutes, and then nobody has a right', async () => {
  await start([hugo]);
  const id = await offerTalk(bot, ines);
  expect(await isRefused(hugo)).toBe(false);
  bot.connector.fail({ match: (r) => r.path.includes('pagedmembers'), status: 500, times: 99 });
  later(5);
  expect(await isRefused(hugo)).toBe(false);
  later(6);
  const before = await written(bot);
  expect(await isRefused(hugo)).toBe(true);
  await bot.click(hugo, 'approval.approve', { id }, inChannel);
  expect(await written(bot)).toBe(before);
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
