import {
  type CardJson,
  coordination,
  findAction,
  formData,
  hugo,
  ines,
  startBot,
  type TestBot,
  textOf,
  zoe,
} from '../support/bot.js';
import { talk } from '../support/flows.js';

let bot: TestBot;
beforeEach(async () => {
  bot = await startBot();
  await bot.setUp([hugo]);
});
afterEach(() => bot.close());

const channelPosts = () => bot.connector.personal(coordination).length;
const isChannelPost = ({ method, path }: { method: string; path: string }) =>
  method === 'POST' && path === '/v3/conversations';

async function offer() {
  const [form] = await bot.say(ines, 'proposer');
  await bot.click(ines, 'volunteer.submit', formData(form ?? {}, 'volunteer.submit', talk));
  await bot.app.drain();
}

/** What the button that sends the first undelivered message again carries: two clicks from the list. */
async function firstUndelivered(list: CardJson): Promise<Record<string, unknown>> {
  const undelivered = await bot.click(hugo, 'pending.undelivered', formData(list, 'pending.undelivered'));
  const opened = await bot.click(hugo, 'pending.message', formData(undelivered.value, 'pending.message'));
  return formData(opened.value, 'pending.resend');
}

describe('a card that may never have reached the channel', () => {
  it('is listed to coordinators, who post it again with one click; a second click changes nothing', async () => {
    bot.connector.fail({ match: isChannelPost, cut: 'before' });
    await offer();
    expect(channelPosts()).toBe(0);
    const [list] = await bot.say(hugo, 'à valider');
    expect(textOf(list)).toContain('Pas arrivés, ou peut-être pas');
    const data = await firstUndelivered(list ?? {});
    const after = await bot.click(hugo, 'pending.resend', data);
    expect(findAction(after.value, 'pending.resend')).toBeUndefined();
    await bot.click(hugo, 'pending.resend', data);
    await bot.app.drain();
    expect(channelPosts()).toBe(1);
    expect(textOf(bot.connector.personal(coordination)[0]?.card)).toContain('Inès Exemple propose');
  });

  it('is posted again by coordinators only', async () => {
    bot.connector.fail({ match: isChannelPost, cut: 'before' });
    await offer();
    const [list] = await bot.say(hugo, 'à valider');
    const refused = await bot.click(zoe, 'pending.resend', await firstUndelivered(list ?? {}));
    expect(textOf(refused.value)).toContain('Réservé à la coordination');
    await bot.app.drain();
    expect(channelPosts()).toBe(0);
  });
});

it('an action whose day has passed is listed until somebody says whether it took place', async () => {
  await offer();
  const [open] = await bot.say(hugo, 'à valider');
  const { id } = formData(open ?? {}, 'approval.view') as { id: string };
  await bot.click(hugo, 'approval.approve', { id });
  expect(textOf((await bot.say(hugo, 'à valider'))[0])).toContain('Tout est à jour');
  // Until the 22nd the employee is asked alone: the action was on the 8th.
  bot.setNow('2026-12-22T08:00:00.000Z');
  expect(textOf((await bot.say(hugo, 'à valider'))[0])).toContain('Tout est à jour');
  bot.setNow('2026-12-23T08:00:00.000Z');
  const [late] = await bot.say(hugo, 'à valider');
  expect(textOf(late)).toContain('Sans réponse après le jour');
  const form = await bot.click(hugo, 'outcome.open', formData(late ?? {}, 'outcome.open'));
  await bot.click(hugo, 'outcome.held', formData(form.value, 'outcome.held', { pupils: '28' }));
  expect(textOf((await bot.say(hugo, 'à valider'))[0])).toContain('Tout est à jour');
});

it('others who read the list in the coordinators’ channel open the request, and are not asked for the outcome', async () => {
  await offer();
  const [open] = await bot.say(hugo, 'à valider');
  await bot.click(hugo, 'approval.approve', formData(open ?? {}, 'approval.view'));
  bot.setNow('2027-06-01T08:00:00.000Z');
  const { value } = await bot.click(zoe, 'pending.open', {}, { where: coordination });
  expect(textOf(value)).toContain('Sans réponse après le jour');
  expect(findAction(value, 'approval.view')).toBeDefined();
  expect(findAction(value, 'outcome.open')).toBeUndefined();
});
