import { features } from '../../src/features/index.js';
import { hugo, ines, type TestBot } from '../support/bot.js';
import { inChannel, offerTalk, publishSession, startFast, written } from '../support/flows.js';

/** All that depends on whether somebody is a coordinator and only shows something, with what its button carries. */
const reading: Record<string, (ids: { offer: string; session: string }) => object> = {
  'approval.view': ({ offer }) => ({ id: offer }),
  'agreements.open': ({ offer }) => ({ id: offer }),
  'outcome.open': ({ offer }) => ({ id: offer }),
  'sessions.view': ({ session }) => ({ id: session }),
  'pending.open': () => ({}),
  'pending.page': () => ({ page: 0 }),
  'pending.undelivered': () => ({}),
  'pending.message': ({ offer }) => ({ id: `request:${offer}` }),
  'publish.open': () => ({}),
  'recheck.page': () => ({ version: 'v', page: 0 }),
  'help.open': () => ({}),
};
/** All that depends on it and changes something: Teams is asked whether it is still true. */
const changing = [
  'approval.approve',
  'approval.decline',
  'approval.askChanges',
  'pending.resend',
  'pending.dismiss',
  'publish.submit',
  'outcome.held',
  'outcome.notHeld',
  'agreements.save',
];

const actions = features.flatMap((f) =>
  Object.entries(f.actions).map(([name, action]) => ({ verb: `${f.name}.${name}`, ...action })),
);
const asking = (what: string) => actions.flatMap(({ verb, asks }) => (asks === what ? verb : [])).sort();

it('every action that depends on the role reads or changes, and the table above says which', () => {
  expect(asking('read')).toEqual(Object.keys(reading).sort());
  expect(asking('change')).toEqual([...changing].sort());
});

it('whatever only coordinators may do asks for the role', () => {
  expect(actions.filter(({ who, asks }) => who === 'coordinator' && asks === 'nothing')).toEqual([]);
});

describe('what only reads', () => {
  let bot: TestBot;
  let ids: { offer: string; session: string };
  beforeAll(async () => {
    bot = await startFast();
    await bot.setUp([hugo]);
    ids = { offer: await offerTalk(bot, ines), session: await publishSession(bot, hugo) };
  });
  afterAll(() => bot.close());

  it.each(Object.entries(reading))('%s writes nothing', async (verb, dataOf) => {
    const before = await written(bot);
    expect((await bot.click(hugo, verb, dataOf(ids), inChannel)).http).toBe(200);
    expect(await written(bot)).toBe(before);
  });
});
