import { hugo, ines, louis, type TestBot, type TestPerson, textOf } from '../support/bot.js';
import {
  activityFrom,
  all,
  errorText,
  inChannel,
  offerTalk,
  postsIn,
  says,
  written,
} from '../support/flows.js';
import { type Roster, startWithTeam, tenantId } from '../support/roster.js';

let bot: TestBot;
let roster: Roster;
afterEach(() => bot.close());

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
    ({ bot, roster } = await startWithTeam([hugo]));
    const id = await offerTalk(bot, ines);
    expect(await roster.refuses(hugo)).toBe(false);
    bot.connector.setMembers(elsewhere, [{ ...louis, tenantId }]);
    await invoke(hugo, 'setup.choose', { use: 'coordinators' });
    const before = await written(bot);
    expect(textOf((await bot.click(hugo, 'approval.approve', { id }, inChannel)).value)).toContain(
      says('fr', 'refusal.notCoordinator.heading'),
    );
    expect(await roster.refuses(hugo)).toBe(true);
    expect(await written(bot)).toBe(before);
    expect(await invoke(louis, 'approval.approve', { id })).toContain(says('fr', 'state.approved'));
  });

  it('nobody decides while Teams does not say who is in the new one', async () => {
    ({ bot, roster } = await startWithTeam([hugo]));
    const id = await offerTalk(bot, ines);
    expect(await roster.refuses(hugo)).toBe(false);
    roster.fails();
    await invoke(hugo, 'setup.choose', { use: 'coordinators' });
    for (const who of [hugo, louis]) {
      expect(await roster.isSilent(who)).toBe(true);
      expect(errorText(await bot.click(who, 'approval.approve', { id }))).toContain(
        says('fr', 'refusal.teamUnknown.heading'),
      );
    }
    expect((await all(bot, 'engagements'))[0]?.state).toBe('pending');
  });

  it('a late answer about the old one gives nobody a right', async () => {
    ({ bot, roster } = await startWithTeam([hugo]));
    await bot.app.drain();
    roster.later(5);
    const teams = roster.heldUp();
    expect(await roster.refuses(hugo)).toBe(false);
    bot.connector.setMembers(elsewhere, [{ ...louis, tenantId }]);
    await invoke(hugo, 'setup.choose', { use: 'coordinators' });
    expect(await roster.refuses(louis)).toBe(false);
    const asked = roster.reads();
    let looks = 0;
    const answered = bot.connector.waitFor(() => ++looks > 1);
    teams.answers();
    await answered;
    expect(await roster.refuses(hugo)).toBe(true);
    expect(await roster.refuses(louis)).toBe(false);
    expect(roster.reads()).toBe(asked);
  });

  it('a late answer about the old one does not make the new one be asked twice', async () => {
    ({ bot, roster } = await startWithTeam([hugo]));
    await bot.app.drain();
    const asked = roster.reads();
    roster.later(5);
    const old = roster.heldUp();
    expect(await roster.refuses(hugo)).toBe(false);
    bot.connector.setMembers(elsewhere, [{ ...louis, tenantId }]);
    const next = roster.heldUp();
    await invoke(hugo, 'setup.choose', { use: 'coordinators' });
    old.answers();
    await bot.connector.waitFor(() => roster.reads() > asked);
    await bot.say(ines, 'aide');
    const click = roster.refuses(louis);
    await bot.say(ines, 'aide');
    next.answers();
    expect(await click).toBe(false);
    expect(roster.reads()).toBe(asked + 2);
  });

  it('those of the team before have no view of their own of its cards, while Teams does not say who is in it', async () => {
    ({ bot, roster } = await startWithTeam([hugo]));
    expect(await roster.refuses(hugo)).toBe(false);
    roster.fails();
    await invoke(hugo, 'setup.choose', { use: 'coordinators' });
    await offerTalk(bot, ines);
    const [card] = await postsIn(bot, theirs);
    expect((card?.refresh as { userIds: string[] }).userIds).toEqual([ines.id]);
  });

  it('only those of the new one have a view of their own of its cards', async () => {
    ({ bot, roster } = await startWithTeam([hugo]));
    expect(await roster.refuses(hugo)).toBe(false);
    bot.connector.setMembers(elsewhere, [{ ...louis, tenantId }]);
    await invoke(hugo, 'setup.choose', { use: 'coordinators' });
    expect(await roster.refuses(louis)).toBe(false);
    await offerTalk(bot, ines);
    const [card] = await postsIn(bot, theirs);
    expect((card?.refresh as { userIds: string[] }).userIds.sort()).toEqual([ines.id, louis.id].sort());
  });
});
