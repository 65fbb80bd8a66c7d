import { StoreUnavailable } from '../../src/ports.js';
import { formData, hugo, ines, type TestBot } from '../support/bot.js';
import { activityFrom, chatOf, inChannel, startFast, talk } from '../support/flows.js';
import { createMemoryStore } from '../support/memory-store.js';
import { realLog, tracesOf } from '../support/traces.js';

const scenario10 = 'Léa, 06 12 34 56 78, PAI asthme';
const { log, text: logged } = realLog();
let bot: TestBot;
beforeAll(async () => {
  bot = await startFast({ parts: { log } });
  await bot.setUp([hugo]);
});
afterAll(() => bot.close());
const traces = (...words: string[]) => tracesOf(words, logged(), bot.file);

describe('what a person writes to the bot', () => {
  test.each([
    'aide-moi pour Maëlys, 06 11 22 33 44',
    'proposer Maëlys, 06 11 22 33 44',
    'Bonjour, Maëlys au 06 11 22 33 44',
    '<at>Passerelle</at> Maëlys 06 11 22 33 44',
    'Maëlys 06 11 22 33 44 '.repeat(20),
  ])('is neither stored nor logged: %s', async (text) => {
    for (const where of ['personal', inChannel.where]) await bot.say(ines, text, where);
    expect(traces('Maëlys', 'maelys', '06 11 22')).toEqual([]);
  });

  test('is not logged when the answer cannot be sent, nor when it came with a form', async () => {
    const [form = {}] = await bot.say(ines, 'proposer');
    const value = formData(form, 'volunteer.submit', {
      ...talk,
      remark: scenario10,
      verb: 'volunteer.submit',
    });
    bot.connector.fail({
      status: 500,
      message: 'not taken',
      match: ({ path }) => path.includes(chatOf(ines)),
    });
    await bot.raw(activityFrom(bot, ines, { text: scenario10, value }));
    expect(logged()).toContain('not taken');
    expect(traces('Léa', '06 12 34', 'asthme')).toEqual([]);
  });

  test('is not logged when the records cannot be reached, not even as the name of a button', async () => {
    const down = () => Promise.reject(new StoreUnavailable('the disk is full'));
    const store = { ...createMemoryStore(), transact: down };
    const other = await startFast({ parts: { log, store } });
    await other.click(ines, scenario10, { remark: scenario10 });
    await other.raw(activityFrom(other, ines, { text: scenario10, value: { verb: scenario10 } }));
    await other.close();
    expect(logged()).toContain('the disk is full');
    expect(traces('Léa', '06 12 34', 'asthme')).toEqual([]);
  });
});
